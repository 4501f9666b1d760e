package io.mcpserver.storage.journal;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.FolderFlush;
import io.mcpserver.storage.StorageFault;
import io.mcpserver.storage.StoreException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of a journal: {@code NUMBER.journal}, named by the first record that each may hold.
 *
 * @param path of the folder
 */
record JournalFolder(Path path) {

    private static final System.Logger LOG = System.getLogger(JournalFolder.class.getName());
    private static final Pattern SEGMENT = Pattern.compile("([0-9]{19})\\.journal");

    JournalFolder {
        try {
            Files.createDirectories(path);
            FolderFlush.flush(path.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw StorageFault.of("The journal " + path + " cannot be made", e);
        }
    }

    Path segment(long first) {
        return path.resolve("%019d.journal".formatted(first));
    }

    /** The segments by their first record, oldest first. */
    TreeMap<Long, Path> segments() throws IOException {
        TreeMap<Long, Path> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(path)) {
            files.forEach(file -> {
                Matcher name = SEGMENT.matcher(file.getFileName().toString());
                if (name.matches()) {
                    found.put(Long.parseLong(name.group(1)), file);
                }
            });
        }
        return found;
    }

    /** Makes names that came or went durable. */
    void flush() throws IOException {
        FolderFlush.flush(path);
    }

    /** Keeps a copy of a segment whose end is about to be cut although it may have been whole once. */
    void setAside(Path segment, SegmentReader.End end) throws IOException {
        Path copy = path.resolve(segment.getFileName() + ".cut-" + end.next());
        Files.copy(segment, copy, StandardCopyOption.REPLACE_EXISTING);
        LOG.log(
                Level.WARNING,
                "The end of the journal {0} cannot be read from record {1} on. It was being written when the program"
                        + " or the machine stopped, or it was damaged since; it is cut off, and a copy is kept as {2}.",
                segment,
                Long.toString(end.next()),
                copy);
    }

    /** Deletes segments that hold only records that were applied: those that end before another that begins in time. */
    void deleteBefore(long needed) throws IOException {
        Map<Long, Path> segments = segments();
        Long[] firsts = segments.keySet().toArray(Long[]::new);
        boolean deleted = false;
        for (int i = 0; i + 1 < firsts.length && firsts[i + 1] <= needed; i++) {
            Files.delete(segments.get(firsts[i]));
            deleted = true;
        }
        if (deleted) {
            flush();
        }
    }

    /** Refuses a journal that does not go on where the engine ended. */
    void requireNoGap(long applied, long first) {
        if (first > applied + 1) {
            throw new StoreException(
                    ErrorCode.STORE_UNAVAILABLE,
                    "The journal " + path + " begins with record " + first + ", but the data ends with record "
                            + applied
                            + ": a file of the journal is missing, or the data is older than the journal. Restore both from"
                            + " one backup, or move the folder elsewhere to go on without the writes in it.");
        }
    }
}
