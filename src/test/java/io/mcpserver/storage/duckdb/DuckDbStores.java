package io.mcpserver.storage.duckdb;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.storage.ChangeListener;
import io.mcpserver.storage.DocumentStore;
import java.nio.file.Path;

/** Stores for tests, small enough for a container of 512 MiB. */
final class DuckDbStores {

    private DuckDbStores() {}

    static DocumentStore open(Path directory, ChangeListener listener) {
        return new DuckDbStoreFactory().open(new ServerConfig.Storage("duckdb", directory, 96L << 20, 4), listener);
    }
}
