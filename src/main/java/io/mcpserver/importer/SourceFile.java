package io.mcpserver.importer;

import java.nio.file.Path;

/**
 * A file to be imported.
 *
 * @param path how documents record it: from the folder that was named on, with {@code /} between names
 * @param bytes size on disk
 */
record SourceFile(Path file, String path, FileKind kind, long bytes) {}
