package io.mcpserver.storage.lancedb;

import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.FullDiskContract;
import io.mcpserver.storage.index.ShelfOpener;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** The index in Lance keeps nobody from deleting on a full disk. */
@Tag("system")
class LanceIndexFullDiskTest extends FullDiskContract {

    @Override
    protected DocumentStore open(Path directory) {
        return new ShelfOpener.Lance().open(directory);
    }
}
