package io.mcpserver.storage.lancedb;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.storage.ChangeListener;
import io.mcpserver.storage.CheckedStore;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.DocumentStoreFactory;
import java.util.Optional;
import java.util.Set;

/** Opens LanceDB stores: {@code storage.type: lancedb}. */
public final class LanceDbStoreFactory implements DocumentStoreFactory {

    @Override
    public String type() {
        return "lancedb";
    }

    @Override
    public Set<String> files() {
        return LanceDbStore.NAMES;
    }

    @Override
    public Optional<String> unavailable() {
        return Lance.unavailable();
    }

    @Override
    public DocumentStore open(ServerConfig.Storage config, ChangeListener listener) {
        return new CheckedStore(LanceDbStore.open(config, listener));
    }
}
