package io.mcpserver.tool.file;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.storage.DocumentStore;
import java.nio.file.Path;
import java.util.function.Supplier;

/** What tools may use as they are served, but for what an implementation gives otherwise. */
public interface AsServed extends Surroundings {

    /** Where everything else comes from. */
    Surroundings served();

    @Override
    default ServerConfig config() {
        return served().config();
    }

    @Override
    default DocumentStore store() {
        return served().store();
    }

    @Override
    default Path directory() {
        return served().directory();
    }

    @Override
    default String secret(SecretReference reference) {
        return served().secret(reference);
    }

    @Override
    default boolean trial() {
        return served().trial();
    }

    @Override
    default <T extends AutoCloseable> T shared(Class<T> type, Supplier<T> maker) {
        return served().shared(type, maker);
    }
}
