package io.mcpserver.storage.duckdb;

import io.mcpserver.storage.FreeSpace;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * Where a store keeps its things, and how much room is left there.
 *
 * @param directory {@code storage.path}
 */
record DuckDbFiles(Path directory) {

    private static final String DATABASE = "documents.duckdb";
    private static final String LOG = "documents.duckdb.wal";
    private static final String TEMPORARY = "duckdb.tmp";

    /** What a store keeps in its directory. */
    static final Set<String> NAMES = Set.of(DATABASE, LOG, TEMPORARY);

    Path database() {
        return directory.resolve(DATABASE);
    }

    Path log() {
        return directory.resolve(LOG);
    }

    Path temporary() {
        return directory.resolve(TEMPORARY);
    }

    /** Bytes of the write-ahead log; 0 where there is none. */
    long logSize() {
        return size(log());
    }

    /** Bytes that can still be written; a guess too high where the file system does not say. */
    long usableSpace() {
        return FreeSpace.in(directory);
    }

    /** Makes the names of new files durable, where the system knows such a thing. */
    void flushDirectory() {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            System.getLogger(DuckDbFiles.class.getName()).log(System.Logger.Level.DEBUG, "No flush of directories", e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
