package io.mcpserver.storage;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** Makes the names of files durable that came into a folder, or went. */
public final class FolderFlush {

    /** Windows opens no folders, and keeps names by itself. */
    private static final boolean UNKNOWN_HERE = File.separatorChar == '\\';

    private FolderFlush() {}

    /**
     * Flushes the names in a folder, where the file system knows such a thing.
     *
     * @throws IOException where it does and fails: a file of that folder may be gone after a power cut
     */
    public static void flush(Path folder) throws IOException {
        if (UNKNOWN_HERE) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            if (!isUnknown(e)) {
                throw e;
            }
        }
    }

    /** What file systems say that do not flush folders. */
    private static boolean isUnknown(IOException e) {
        String said = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return said.contains("invalid argument") || said.contains("not supported");
    }
}
