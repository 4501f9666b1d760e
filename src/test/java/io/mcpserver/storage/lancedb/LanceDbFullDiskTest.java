package io.mcpserver.storage.lancedb;

import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.FullDiskContract;
import io.mcpserver.storage.index.ShelfOpener;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

@Tag("system")
class LanceDbFullDiskTest extends FullDiskContract {

    @Override
    protected DocumentStore open(Path directory) {
        return new ShelfOpener.LanceDb().open(directory);
    }
}
