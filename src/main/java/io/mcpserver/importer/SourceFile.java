package io.mcpserver.importer;

import java.nio.file.Path;

/**
 * A file to be imported.
 *
 * @param path how documents record it: from the folder that was named on, with {@code /} between names
 * @param bytes size on disk
 */
record SourceFile(Path file, String path, FileKind kind, long bytes) {

    /** What tells this file from all others on this machine: its whole path, with {@code /} between names. */
    String identity() {
        return file.toAbsolutePath().normalize().toString().replace('\\', '/');
    }
}
