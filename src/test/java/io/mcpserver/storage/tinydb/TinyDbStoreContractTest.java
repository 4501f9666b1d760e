package io.mcpserver.storage.tinydb;

import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.DocumentStoreContract;
import java.nio.file.Path;

class TinyDbStoreContractTest extends DocumentStoreContract {

    @Override
    protected DocumentStore open(Path directory) {
        return TinyDbStores.byFactory(directory);
    }
}
