package io.mcpserver.storage.lancedb;

import io.mcpserver.storage.ChangeListener;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.FullDiskContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

@Tag("system")
class LanceDbFullDiskTest extends FullDiskContract {

    @Override
    protected DocumentStore open(Path directory) {
        return LanceDbStores.open(directory, ChangeListener.NONE);
    }
}
