package io.mcpserver.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The store in the workshop that a {@link StoreSwap} has taken for itself. Taking it is one rename, so that only one
 * succeeds: a server that takes it, or a restore that withdraws it because it no longer hears from that server.
 *
 * <p>Only for the owner of the data folder's {@link DirectoryLock}.
 */
public final class SwapClaim {

    /** In the workshop: the folder of the store that is taken. */
    static final String TAKEN = "taken";

    private SwapClaim() {}

    /**
     * Takes the store that is ready.
     *
     * @return where it is now; empty if none is ready
     * @throws IOException if it cannot be taken, or is reached through a link
     */
    public static Optional<Path> take(Path directory) throws IOException {
        Path workshop = directory.resolve(StoreSwap.WORKSHOP);
        Path ready = workshop.resolve(StoreSwap.READY);
        if (!isFolder(workshop) || !isFolder(ready)) {
            requireNoLink(workshop);
            requireNoLink(ready);
            return Optional.empty();
        }
        Path taken = of(directory);
        // Of a process that ended between taking and the mark.
        FolderDelete.delete(taken);
        try {
            Files.move(ready, taken, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        return Optional.of(taken);
    }

    /** Puts back what was taken, unless another restore has its own there by now; does nothing where nothing is taken. */
    public static void giveBack(Path directory) throws IOException {
        Path taken = of(directory);
        Path ready = directory.resolve(StoreSwap.WORKSHOP).resolve(StoreSwap.READY);
        if (isFolder(taken) && !Files.exists(ready, LinkOption.NOFOLLOW_LINKS)) {
            Files.move(taken, ready, StandardCopyOption.ATOMIC_MOVE);
        } else {
            FolderDelete.delete(taken);
        }
    }

    /** Deletes what a swap has left of it; if that fails, the next one does. */
    static void discard(Path directory) {
        try {
            FolderDelete.delete(of(directory));
        } catch (IOException e) {
            System.getLogger(SwapClaim.class.getName())
                    .log(System.Logger.Level.DEBUG, "It stays until the next swap", e);
        }
    }

    /** Where it is when it is taken. */
    static Path of(Path directory) {
        return directory.resolve(StoreSwap.WORKSHOP).resolve(TAKEN);
    }

    /** Refuses what root, or a server, would be led elsewhere by. */
    static void requireNoLink(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            throw new IOException(path + " is a link, which is not followed; delete it");
        }
    }

    private static boolean isFolder(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }
}
