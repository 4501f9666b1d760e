package io.mcpserver.storage;

import java.io.File;
import java.nio.file.Path;

/** How much can still be written on a disk. */
public final class FreeSpace {

    private FreeSpace() {}

    /** Bytes that can still be written in a folder; a guess too high where the file system does not say. */
    public static long in(Path folder) {
        // Not by Files.getFileStore, which reads the list of all mounts each time.
        File place = folder.toFile();
        long free = place.getUsableSpace();
        return free == 0 && place.getTotalSpace() == 0 ? Long.MAX_VALUE : free;
    }
}
