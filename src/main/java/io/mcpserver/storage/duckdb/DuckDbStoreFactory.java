package io.mcpserver.storage.duckdb;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.storage.ChangeListener;
import io.mcpserver.storage.CheckedStore;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.DocumentStoreFactory;
import io.mcpserver.storage.StoreSalvage;
import java.util.Set;

/** Opens DuckDB stores: {@code storage.type: duckdb}. */
public final class DuckDbStoreFactory implements DocumentStoreFactory {

    @Override
    public String type() {
        return "duckdb";
    }

    @Override
    public Set<String> files() {
        return DuckDbFiles.NAMES;
    }

    @Override
    public StoreSalvage salvage(ServerConfig.Storage config, boolean mend) {
        return DuckDbSalvage.open(config, mend);
    }

    @Override
    public DocumentStore open(ServerConfig.Storage config, ChangeListener listener) {
        return new CheckedStore(DuckDbStore.open(config, listener));
    }
}
