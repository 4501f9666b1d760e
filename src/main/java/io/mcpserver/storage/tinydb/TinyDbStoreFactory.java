package io.mcpserver.storage.tinydb;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.storage.ChangeListener;
import io.mcpserver.storage.CheckedStore;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.DocumentStoreFactory;
import io.mcpserver.storage.StoreSalvage;
import java.util.Set;

/** Opens TinyDB stores: {@code storage.type: tinydb}. */
public final class TinyDbStoreFactory implements DocumentStoreFactory {

    @Override
    public String type() {
        return "tinydb";
    }

    @Override
    public Set<String> files() {
        return TinyDbFiles.NAMES;
    }

    @Override
    public StoreSalvage salvage(ServerConfig.Storage config, boolean mend) {
        return TinyDbSalvage.open(config);
    }

    @Override
    public DocumentStore open(ServerConfig.Storage config, ChangeListener listener) {
        return new CheckedStore(TinyDbStore.open(config, listener));
    }
}
