package io.mcpserver.storage.tinydb;

import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.TakingOverContract;
import java.nio.file.Path;

class TinyDbTakingOverTest extends TakingOverContract {

    @Override
    protected DocumentStore open(Path directory) {
        return TinyDbStores.byFactory(directory);
    }
}
