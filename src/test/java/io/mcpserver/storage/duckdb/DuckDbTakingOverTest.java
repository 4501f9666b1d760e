package io.mcpserver.storage.duckdb;

import io.mcpserver.storage.ChangeListener;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.TakingOverContract;
import java.nio.file.Path;

class DuckDbTakingOverTest extends TakingOverContract {

    @Override
    protected DocumentStore open(Path directory) {
        return DuckDbStores.open(directory, ChangeListener.NONE);
    }
}
