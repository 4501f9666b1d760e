package io.mcpserver.storage.lancedb;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.storage.ChangeListener;
import io.mcpserver.storage.CheckedStore;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.DocumentStoreFactory;
import io.mcpserver.storage.StoreSalvage;
import io.mcpserver.storage.StoreSnapshot;
import io.mcpserver.storage.lancedb.dataset.LancePresence;
import io.mcpserver.storage.lancedb.passages.PassageIndexFactory;
import io.mcpserver.storage.search.SearchIndexFactory;
import java.time.Instant;
import java.util.List;
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
    public List<Instant> keptStates(ServerConfig.Storage config) {
        return KeptStates.in(config.path()).all();
    }

    @Override
    public StoreSnapshot openKept(ServerConfig.Storage config, Instant state) {
        return KeptStates.in(config.path()).open(config, state);
    }

    @Override
    public Optional<String> unavailable() {
        return LancePresence.lacking();
    }

    @Override
    public List<SearchIndexFactory> searchIndexes() {
        return List.of(new PassageIndexFactory());
    }

    @Override
    public StoreSalvage salvage(ServerConfig.Storage config, boolean mend) {
        return LanceDbSalvage.open(config);
    }

    @Override
    public DocumentStore open(ServerConfig.Storage config, ChangeListener listener) {
        return new CheckedStore(LanceDbStore.open(config, listener));
    }
}
