package io.mcpserver.storage.lancedb;

import io.mcpserver.storage.ChangeListener;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.DocumentStoreContract;
import java.nio.file.Path;

class LanceDbStoreContractTest extends DocumentStoreContract {

    @Override
    protected DocumentStore open(Path directory) {
        return LanceDbStores.open(directory, ChangeListener.NONE);
    }
}
