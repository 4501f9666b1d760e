package io.mcpserver.storage.duckdb;

import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.FullDiskContract;
import io.mcpserver.storage.index.ShelfOpener;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

@Tag("system")
class DuckDbFullDiskTest extends FullDiskContract {

    @Override
    protected DocumentStore open(Path directory) {
        return new ShelfOpener.DuckDb().open(directory);
    }
}
