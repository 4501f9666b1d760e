package io.mcpserver.tool.discovery;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.tool.file.SecretReference;
import io.mcpserver.tool.file.Surroundings;
import java.nio.file.Path;
import java.util.function.Supplier;

/** What tools may use, under a configuration that is not in force yet. */
record OtherConfig(Surroundings served, ServerConfig config) implements Surroundings {

    @Override
    public DocumentStore store() {
        return served.store();
    }

    @Override
    public Path directory() {
        return served.directory();
    }

    @Override
    public String secret(SecretReference reference) {
        return served.secret(reference);
    }

    @Override
    public <T extends AutoCloseable> T shared(Class<T> type, Supplier<T> maker) {
        return served.shared(type, maker);
    }
}
