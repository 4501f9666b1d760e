package io.mcpserver.storage.lancedb;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.storage.ChangeListener;
import io.mcpserver.storage.DocumentStore;
import java.nio.file.Path;

/** Stores for tests. */
final class LanceDbStores {

    private LanceDbStores() {}

    static DocumentStore open(Path directory, ChangeListener listener) {
        return new LanceDbStoreFactory().open(new ServerConfig.Storage("lancedb", directory, 96L << 20, 4), listener);
    }
}
