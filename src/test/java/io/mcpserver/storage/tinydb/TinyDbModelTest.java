package io.mcpserver.storage.tinydb;

import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.ModelContract;
import java.nio.file.Path;

class TinyDbModelTest extends ModelContract {

    @Override
    protected DocumentStore open(Path directory) {
        return TinyDbStores.byFactory(directory);
    }
}
