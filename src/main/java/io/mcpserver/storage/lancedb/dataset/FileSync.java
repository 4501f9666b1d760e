package io.mcpserver.storage.lancedb.dataset;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Makes the files of a dataset durable, which Lance does not. Files of a dataset are written once and have names of
 * their own, so those that were flushed need not be flushed again.
 */
public final class FileSync {

    /** How a file or folder is flushed; another way than the usual lets tests break it. */
    public interface Flush {
        void flush(Path path, StandardOpenOption how) throws IOException;
    }

    private final Path root;
    private final Flush flush;
    private Set<Path> flushed = new HashSet<>();

    public FileSync(Path root, Flush flush) {
        this.root = root;
        this.flush = flush;
    }

    /** The usual way. */
    public static void force(Path path, StandardOpenOption how) throws IOException {
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }

    /** Takes files as not flushed, because others will have their names. */
    public void forget(Collection<Path> files) {
        flushed.removeAll(Set.copyOf(files));
    }

    /** Flushes the files that are new, and then the folders that their names are in. */
    public void flush() throws IOException {
        Set<Path> files = files();
        Set<Path> folders = new TreeSet<>();
        for (Path file : files) {
            if (!flushed.contains(file) && isFlushed(file)) {
                for (Path folder = file.getParent(); folder.startsWith(root); folder = folder.getParent()) {
                    folders.add(folder);
                }
            }
        }
        if (flushed.isEmpty()) {
            folders.add(root.getParent());
        }
        for (Path folder : folders) {
            flush.flush(folder, StandardOpenOption.READ);
        }
        flushed = files;
    }

    private Set<Path> files() throws IOException {
        try (Stream<Path> all = Files.find(root, 10, (file, attributes) -> attributes.isRegularFile())) {
            return new HashSet<>(all.toList());
        }
    }

    /** Flushes a file; false where it is gone, for what was cleaned up meanwhile needs no flush. */
    private boolean isFlushed(Path file) throws IOException {
        try {
            flush.flush(file, StandardOpenOption.WRITE);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}
