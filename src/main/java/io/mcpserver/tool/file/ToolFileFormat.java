package io.mcpserver.tool.file;

import java.nio.file.Path;

/**
 * A kind of file that brings tools, such as YAML or jars. Found with {@link java.util.ServiceLoader}.
 *
 * <p>Threads: safe for any number of callers. Plain Java.
 */
public interface ToolFileFormat {

    /** Whether a file of this name is of this format. */
    boolean takes(Path file);

    /**
     * Reads a file; never throws for anything that can be in it.
     *
     * @param shown what problems call the file
     * @param surroundings what its tools may use; its directory is that of the file
     */
    LoadedFile load(Path file, String shown, Surroundings surroundings);
}
