package io.mcpserver.storage.lancedb;

import io.mcpserver.storage.ChangeListener;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.TakingOverContract;
import java.nio.file.Path;

class LanceDbTakingOverTest extends TakingOverContract {

    @Override
    protected DocumentStore open(Path directory) {
        return LanceDbStores.open(directory, ChangeListener.NONE);
    }
}
