package io.mcpserver.storage;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;

/** How much can still be written on a disk. */
public final class FreeSpace {

    /** Bytes that what is derived leaves free on its disk: half of the least that an engine keeps for its deletions. */
    public static final long SPARE = 4L << 20;

    private FreeSpace() {}

    /**
     * Requires that something derived can be written and leaves the last room of the disk to the documents.
     *
     * @param bytes that are about to be written
     * @throws IOException that is known as that of a full disk
     */
    public static void requireSpare(Path folder, long bytes) throws IOException {
        if (in(folder) < SPARE + bytes) {
            throw new IOException("No space left on device but the last " + (SPARE >> 20)
                    + " MiB, which the search index leaves to the documents");
        }
    }

    /** Bytes that can still be written in a folder; a guess too high where the file system does not say. */
    public static long in(Path folder) {
        // Not by Files.getFileStore, which reads the list of all mounts each time.
        File place = folder.toFile();
        long free = place.getUsableSpace();
        return free == 0 && place.getTotalSpace() == 0 ? Long.MAX_VALUE : free;
    }
}
