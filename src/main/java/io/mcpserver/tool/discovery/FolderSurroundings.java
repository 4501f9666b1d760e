package io.mcpserver.tool.discovery;

import io.mcpserver.config.SecretText;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.tool.file.SecretReference;
import io.mcpserver.tool.file.Surroundings;
import java.nio.file.Path;
import java.util.function.Supplier;

/** What tools of the files in one folder may use. */
public final class FolderSurroundings implements Surroundings {

    private final Path directory;
    private final Supplier<ServerConfig> config;
    private final Supplier<DocumentStore> store;
    private final SharedParts shared;

    /**
     * @param config in force
     * @param store asked when it is first needed
     * @param shared with the files of other folders
     */
    public FolderSurroundings(
            Path directory, Supplier<ServerConfig> config, Supplier<DocumentStore> store, SharedParts shared) {
        this.directory = directory;
        this.config = config;
        this.store = store;
        this.shared = shared;
    }

    @Override
    public ServerConfig config() {
        return config.get();
    }

    @Override
    public DocumentStore store() {
        return store.get();
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public String secret(SecretReference reference) {
        try {
            return SecretText.read(reference.written(), directory);
        } catch (SecretText.Missing e) {
            throw new CodedException(ErrorCode.UNSUPPORTED, e.getMessage());
        }
    }

    @Override
    public <T extends AutoCloseable> T shared(Class<T> type, Supplier<T> maker) {
        return shared.get(type, maker);
    }
}
