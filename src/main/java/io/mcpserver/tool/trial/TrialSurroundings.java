package io.mcpserver.tool.trial;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.tool.file.SecretReference;
import io.mcpserver.tool.file.Surroundings;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * What tools may use while they are tried out: as they are served, but for the store.
 *
 * @param tried the store in place of the server's
 */
public record TrialSurroundings(Surroundings served, Supplier<DocumentStore> tried) implements Surroundings {

    /** With a store of its own. */
    public static Surroundings with(Surroundings served, TestStore store) {
        return new TrialSurroundings(served, store::store);
    }

    /** With the store of the server, only to be read. */
    public static Surroundings reading(Surroundings served) {
        return new TrialSurroundings(served, () -> new ReadOnlyStore(served.store()));
    }

    @Override
    public ServerConfig config() {
        return served.config();
    }

    @Override
    public DocumentStore store() {
        return tried.get();
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
    public boolean trial() {
        return true;
    }

    @Override
    public <T extends AutoCloseable> T shared(Class<T> type, Supplier<T> maker) {
        return served.shared(type, maker);
    }
}
