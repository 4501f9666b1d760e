package io.mcpserver.tool.file;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.DocumentStore;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Where tools are only read and never called, or use nothing but their inputs. */
public final class NoSurroundings implements Surroundings {

    @Override
    public ServerConfig config() {
        throw unused();
    }

    @Override
    public DocumentStore store() {
        throw unused();
    }

    @Override
    public Path directory() {
        return Path.of("");
    }

    @Override
    public String secret(SecretReference reference) {
        throw new CodedException(ErrorCode.UNSUPPORTED, "There is no secret here.");
    }

    @Override
    public <T extends AutoCloseable> T shared(Class<T> type, Supplier<T> maker) {
        throw unused();
    }

    private static IllegalStateException unused() {
        return new IllegalStateException("There is nothing here that a tool may use.");
    }
}
