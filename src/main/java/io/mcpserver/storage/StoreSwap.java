package io.mcpserver.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

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
     */
    public static void run(Path directory, String kept, Set<String> engineFiles) throws IOException {
        begin(directory, kept, engineFiles);
        finish(directory);
    }

    static void begin(Path directory, String kept, Set<String> engineFiles) throws IOException {
        if (!KEPT.matcher(kept).matches() || Files.exists(directory.resolve(kept))) {
            throw new IOException("The folder for the old files cannot be " + kept);
        }
        Path ready = directory.resolve(WORKSHOP).resolve(READY);
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
        flushNames(ready);
        flushNames(directory.resolve(WORKSHOP));
        fresh.forEach(name -> lines.add("new " + name));
        engineFiles.stream()
                .filter(name -> !fresh.contains(name) && Files.exists(directory.resolve(name)))
                .forEach(name -> lines.add("old " + name));
        Path written = directory.resolve(MARK + ".tmp");
        Files.write(written, lines, StandardCharsets.UTF_8);
        flush(written);
        Files.move(written, directory.resolve(MARK), StandardCopyOption.ATOMIC_MOVE);
        flushNames(directory);
    }

    /** Finishes a swap that was begun, wherever it was left; does nothing where there is none. */
    static void finish(Path directory) throws IOException {
        Path mark = directory.resolve(MARK);
        if (!Files.exists(mark)) {
            return;
        }
        List<String> lines = Files.readAllLines(mark, StandardCharsets.UTF_8);
        Path kept = Files.createDirectories(directory.resolve(lines.getFirst()));
        Path ready = directory.resolve(WORKSHOP).resolve(READY);
        for (String line : lines.subList(1, lines.size())) {
            String name = line.substring(4);
            Path here = directory.resolve(name);
            Path fresh = ready.resolve(name);
            boolean outdated = line.startsWith("old ") || Files.exists(fresh);
            if (outdated && Files.exists(here)) {
                Files.move(here, kept.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            }
            if (Files.exists(fresh)) {
                Files.move(fresh, here, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        flushNames(kept);
        flushNames(directory);
        Files.delete(mark);
        flushNames(directory);
    }

    private static void flush(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                flush(file);
            }
        }
        flushNames(path);
    }

    /** Makes the names in a folder durable, where the system knows such a thing. */
    private static void flushNames(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            System.getLogger(StoreSwap.class.getName()).log(System.Logger.Level.DEBUG, "No flush of folders", e);
        }
    }
}
