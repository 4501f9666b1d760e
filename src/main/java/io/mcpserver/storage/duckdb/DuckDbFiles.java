package io.mcpserver.storage.duckdb;

import io.mcpserver.storage.FolderFlush;
import io.mcpserver.storage.FreeSpace;
import java.io.IOException;
import java.nio.ByteBuffer;
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

    /** Bytes at the beginning of the file: what it is, and two headers, of which the newer one counts. */
    private static final long HEADERS = 3 * 4_096;

    private static final int BUFFER = 256 << 10;

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

    /** Makes the names of new files durable. */
    void flushDirectory() throws IOException {
        FolderFlush.flush(directory);
    }

    /**
     * Puts on disk what an opening of the database will read of what it wrote last. After a flush that failed the system
     * takes for flushed what never came to the disk, so the same bytes are written again: all of the log, and the places
     * where the file says which of its blocks count. Other blocks count only once they were flushed. Nobody may have the
     * file open.
     */
    void writeAgain() throws IOException {
        writeAgain(log(), Long.MAX_VALUE);
        writeAgain(database(), HEADERS);
    }

    private static void writeAgain(Path file, long most) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.allocate(BUFFER);
            long end = Math.min(most, channel.size());
            for (long at = 0; at < end; ) {
                bytes.clear().limit((int) Math.min(BUFFER, end - at));
                if (channel.read(bytes, at) < 0) {
                    break;
                }
                bytes.flip();
                while (bytes.hasRemaining()) {
                    at += channel.write(bytes, at);
                }
            }
            channel.force(true);
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
