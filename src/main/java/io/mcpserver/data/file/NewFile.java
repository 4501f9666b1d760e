package io.mcpserver.data.file;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.FolderFlush;
import io.mcpserver.storage.StorageFault;
import io.mcpserver.storage.StoreException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A file that appears under its name when it is complete and on disk, and never in place of another. Until then it is
 * {@code .NAME.part} beside it; what a killed process left of one is written over by the next. Readable by its user only.
 *
 * <p>Not for several threads. Closing without {@link #publish} leaves nothing.
 */
public final class NewFile implements AutoCloseable {

    private static final Set<OpenOption> HOW = Set.of(
            StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    private static final Set<PosixFilePermission> OWNERS_ONLY = PosixFilePermissions.fromString("rw-------");

    private final Path target;
    private final Path part;
    private final FileChannel channel;
    private final OutputStream out;
    private boolean published;

    private NewFile(Path target, Path part, FileChannel channel) {
        this.target = target;
        this.part = part;
        this.channel = channel;
        this.out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
    }

    /**
     * Begins a file.
     *
     * @throws StoreException {@code CONFLICT} if it is there already, or if another process writes it now; {@code NOT_FOUND}
     *     if its folder is not there; as {@link StorageFault} says if the folder cannot be written
     */
    public static NewFile begin(Path path) {
        Path target = path.toAbsolutePath().normalize();
        requireFree(target);
        if (!Files.isDirectory(target.getParent())) {
            throw new StoreException(
                    ErrorCode.NOT_FOUND,
                    "%s cannot be written: there is no folder %s.".formatted(target, target.getParent()));
        }
        Path part = target.resolveSibling("." + target.getFileName() + ".part");
        try {
            FileChannel channel = FileChannel.open(part, HOW, ownersOnly(part));
            if (!isOurs(channel)) {
                channel.close();
                throw new StoreException(
                        ErrorCode.CONFLICT, target + " is being written by another process; wait for it.");
            }
            try {
                // Who had the lock may have given this very file its name meanwhile.
                requireFree(target);
            } catch (StoreException e) {
                channel.close();
                throw e;
            }
            restrict(part);
            channel.truncate(0);
            return new NewFile(target, part, channel);
        } catch (IOException e) {
            throw StorageFault.of(target + " cannot be written", e);
        }
    }

    /** Where to write; closing it is not needed. */
    public OutputStream out() {
        return out;
    }

    /** The unfinished file, to be read back once {@link #flush} was called. */
    public Path unfinished() {
        return part;
    }

    /** Puts on disk what was written so far. */
    public void flush() throws IOException {
        out.flush();
        channel.force(true);
    }

    /**
     * Puts the file on disk and gives it its name.
     *
     * @throws StoreException {@code CONFLICT} if a file of this name came meanwhile, which stays as it is
     * @throws IOException if it cannot; the file may have its name already, and lose it in a power cut
     */
    public void publish() throws IOException {
        flush();
        try {
            // A link fails where the name is taken; a rename would write over it.
            Files.createLink(target, part);
            Files.delete(part);
        } catch (FileAlreadyExistsException e) {
            throw taken(target);
        } catch (IOException | UnsupportedOperationException e) {
            requireFree(target);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        }
        published = true;
        FolderFlush.flush(target.getParent());
    }

    @Override
    public void close() {
        try {
            channel.close();
            if (!published) {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            System.getLogger(NewFile.class.getName()).log(System.Logger.Level.DEBUG, "closing", e);
        }
    }

    private static boolean isOurs(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static FileAttribute<?>[] ownersOnly(Path file) {
        return isPosix(file)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNERS_ONLY)}
                : new FileAttribute<?>[0];
    }

    /** As what a killed process left may be readable by others. */
    private static void restrict(Path file) throws IOException {
        if (isPosix(file)) {
            Files.setPosixFilePermissions(file, OWNERS_ONLY);
        }
    }

    private static boolean isPosix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static void requireFree(Path target) {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw taken(target);
        }
    }

    private static StoreException taken(Path target) {
        return new StoreException(
                ErrorCode.CONFLICT, target + " is there already, and nothing is written over it: give another name.");
    }
}
