package io.mcpserver.tool.declarative.http.openapi;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.tool.file.SecretReference;
import io.mcpserver.tool.file.Surroundings;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Where tools are only read, never called. */
final class NoSurroundings implements Surroundings {

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
        throw new CodedException(ErrorCode.UNSUPPORTED, "No secret is read while a file is made.");
    }

    @Override
    public <T extends AutoCloseable> T shared(Class<T> type, Supplier<T> maker) {
        throw unused();
    }

    private static IllegalStateException unused() {
        return new IllegalStateException("Tools are not called while a file is made.");
    }
}
