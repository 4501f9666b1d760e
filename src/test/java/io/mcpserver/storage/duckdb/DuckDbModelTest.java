package io.mcpserver.storage.duckdb;

import io.mcpserver.storage.ChangeListener;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.ModelContract;
import java.nio.file.Path;

class DuckDbModelTest extends ModelContract {

    @Override
    protected DocumentStore open(Path directory) {
        return DuckDbStores.open(directory, ChangeListener.NONE);
    }
}
