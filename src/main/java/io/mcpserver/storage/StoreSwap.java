package io.mcpserver.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Puts the files of another store in the place of those of a data folder, as one step: once {@link #begin} has returned,
 * the new ones count, and if the process ends before all are in their place, whoever opens the folder next finishes it.
 *
 * <p>Only for the owner of the {@link DirectoryLock}. The folder may be a mount of its own: nothing is moved out of it.
 */
public final class StoreSwap {

    /** Beside the files of a data folder, where another store is made ready; always there for one process only. */
    public static final String WORKSHOP = "restore.tmp";

    /** In the workshop: the folder of the other store. */
    public static final String READY = "store";

    /** The file that says that a swap has begun. */
    static final String MARK = "swap.begun";

    private static final Pattern KEPT = Pattern.compile("before-[A-Za-z0-9-]{1,60}");

    private StoreSwap() {}

    /**
     * Begins and finishes a swap with the store that is ready in the workshop.
     *
     * @param kept name of the folder that the old files go to; not there yet
     * @param engineFiles names of everything that may belong to the old store
     * @throws StoreException if that failed; it says whether the old store is in use or the swap has {@link #begun}
     */
    public static void run(Path directory, String kept, Set<String> engineFiles) {
        try {
            if (SwapClaim.take(directory).isEmpty()) {
                throw new IOException("no new store is in " + directory.resolve(WORKSHOP));
            }
        } catch (IOException e) {
            throw fault(directory, e);
        }
        runTaken(directory, kept, engineFiles);
    }

    /** As {@link #run}, with the store that {@link SwapClaim#take} has taken. */
    public static void runTaken(Path directory, String kept, Set<String> engineFiles) {
        try {
            begin(directory, kept, engineFiles);
            finish(directory);
        } catch (IOException e) {
            throw fault(directory, e);
        }
    }

    /** Where the files of the store are that comes, as far as they are not in their place, once a swap was begun. */
    public static Path coming(Path directory) {
        return SwapClaim.of(directory);
    }

    /** Whether a swap was begun and is not finished; true also where that cannot be found out. */
    public static boolean begun(Path directory) {
        return !Files.notExists(directory.resolve(MARK));
    }

    /**
     * Finishes a swap that was begun, for who looks at the files before a store is opened; does nothing where there is none.
     *
     * @throws StoreException as {@link DirectoryLock#acquire} does, if a swap was begun
     */
    public static void finishBegun(Path directory) {
        if (begun(directory)) {
            DirectoryLock.acquire(directory).close();
        }
    }

    private static StoreException fault(Path directory, IOException e) {
        if (!begun(directory)) {
            try {
                SwapClaim.giveBack(directory);
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            return StorageFault.of("The store in " + directory + " was not replaced, and the old one is in use", e);
        }
        return new StoreException(
                StorageFault.code(e),
                "The new store is not yet in its place in %s: %s. Mend that and leave %s as it is: the next start of the server, or command on the data, finishes it."
                        .formatted(directory, e.getMessage(), directory.resolve(WORKSHOP)),
                e);
    }

    static void begin(Path directory, String kept, Set<String> engineFiles) throws IOException {
        if (!KEPT.matcher(kept).matches() || Files.exists(directory.resolve(kept), LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("the folder for the old files cannot be " + kept);
        }
        Path ready = SwapClaim.of(directory);
        List<String> lines = new ArrayList<>();
        lines.add(kept);
        Set<String> fresh = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(ready)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (name.equals(DirectoryLock.FILE)) {
                    continue;
                }
                flush(file);
                fresh.add(name);
            }
        }
        FolderFlush.flush(ready);
        FolderFlush.flush(directory.resolve(WORKSHOP));
        fresh.forEach(name -> lines.add("new " + name));
        Set<String> old = new TreeSet<>(engineFiles);
        old.addAll(fresh);
        old.stream().filter(name -> Files.exists(directory.resolve(name))).forEach(name -> lines.add("old " + name));
        Path written = directory.resolve(MARK + ".tmp");
        Files.deleteIfExists(written);
        // New, so that no link is followed.
        Files.write(written, lines, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        flush(written);
        Files.move(written, directory.resolve(MARK), StandardCopyOption.ATOMIC_MOVE);
        FolderFlush.flush(directory);
    }

    /**
     * Finishes a swap that was begun, wherever it was left; does nothing where there is none.
     *
     * @throws IOException if it cannot; nothing was moved if a file of the new store is gone
     */
    static void finish(Path directory) throws IOException {
        Path mark = directory.resolve(MARK);
        if (!Files.exists(mark)) {
            return;
        }
        List<String> lines = Files.readAllLines(mark, StandardCharsets.UTF_8);
        if (lines.isEmpty() || !KEPT.matcher(lines.getFirst()).matches()) {
            throw new IOException(mark + " is not as it was written, and nothing was moved");
        }
        Path kept = directory.resolve(lines.getFirst());
        SwapClaim.requireNoLink(kept);
        SwapClaim.requireNoLink(directory.resolve(WORKSHOP));
        Path ready = SwapClaim.of(directory);
        SwapClaim.requireNoLink(ready);
        Set<String> fresh = names(lines, "new ");
        Set<String> old = names(lines, "old ");
        for (String name : fresh) {
            requireThere(directory, name, kept, old.contains(name));
        }
        Files.createDirectories(kept);
        FolderOwner.tryGive(directory, kept);
        Set<String> all = new TreeSet<>(old);
        all.addAll(fresh);
        for (String name : all) {
            Path here = directory.resolve(name);
            boolean coming = Files.exists(ready.resolve(name));
            // Where the mark of a swap that was finished is there again, what is in this place is the new store's.
            boolean moved = Files.exists(kept.resolve(name));
            if ((coming || !fresh.contains(name)) && Files.exists(here) && !moved) {
                Files.move(here, kept.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            }
            if (coming) {
                Files.move(ready.resolve(name), here, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        FolderFlush.flush(kept);
        FolderFlush.flush(directory);
        Files.delete(mark);
        try {
            FolderFlush.flush(directory);
        } catch (IOException e) {
            // The swap is done; should the mark be there again after a power cut, it is finished once more.
            System.getLogger(StoreSwap.class.getName()).log(System.Logger.Level.DEBUG, "The mark of a swap", e);
        }
        SwapClaim.discard(directory);
    }

    private static Set<String> names(List<String> lines, String kind) throws IOException {
        Set<String> names = lines.stream()
                .skip(1)
                .filter(line -> line.startsWith(kind))
                .map(line -> line.substring(kind.length()))
                .collect(Collectors.toCollection(TreeSet::new));
        for (String name : names) {
            // Nothing is moved out of the data folder, or into it from elsewhere.
            if (name.isEmpty() || name.equals(".") || name.equals("..") || name.contains("/") || name.contains("\\")) {
                throw new IOException("the mark of the swap names no file of the data folder: " + name);
            }
        }
        return names;
    }

    /** A file of the new store is in the workshop, or in its place; the old one of its name has left that place before. */
    private static void requireThere(Path directory, String name, Path kept, boolean replaces) throws IOException {
        Path ready = SwapClaim.of(directory);
        boolean moved = Files.exists(directory.resolve(name)) && (!replaces || Files.exists(kept.resolve(name)));
        if (!moved && !Files.exists(ready.resolve(name))) {
            throw new IOException(
                    "%s of the new store is gone from %s, and nothing more was moved; put it back, or, for the old store, move what is in %s back to where it was and delete %s"
                            .formatted(name, ready, kept, directory.resolve(MARK)));
        }
    }

    private static void flush(Path path) throws IOException {
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
                channel.force(true);
            }
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                flush(file);
            }
        }
        FolderFlush.flush(path);
    }
}
