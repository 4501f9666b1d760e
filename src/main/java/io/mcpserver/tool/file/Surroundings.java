package io.mcpserver.tool.file;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.storage.DocumentStore;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * What tools of files may use.
 *
 * <p>Threads: safe for any number of callers.
 */
public interface Surroundings {

    /** The configuration as it is now; asked again for each call. */
    ServerConfig config();

    /** The documents of the server; opened when first asked for. */
    DocumentStore store();

    /** The folder of the tool's file; relative paths start here. */
    Path directory();

    /**
     * The text behind a reference, without the line end of a file.
     *
     * @throws io.mcpserver.error.CodedException {@code UNSUPPORTED} where it is missing; names the reference only
     */
    String secret(SecretReference reference);

    /** Whether tools are only tried out, so that what they would change outside of this server is undone where it can be. */
    default boolean trial() {
        return false;
    }

    /** Something that tools share for as long as the server runs, such as pools; made when first asked for, then closed with the server. */
    <T extends AutoCloseable> T shared(Class<T> type, Supplier<T> maker);
}
