package io.mcpserver.storage.duckdb;

import io.mcpserver.storage.StoreOpener;
import io.mcpserver.storage.fault.FillingDiskContract;
import io.mcpserver.storage.index.ShelfOpener;
import org.junit.jupiter.api.Tag;

@Tag("system")
@Tag("side-by-side")
class DuckDbFillingDiskTest extends FillingDiskContract {

    @Override
    protected Class<? extends StoreOpener> opener() {
        return ShelfOpener.DuckDb.class;
    }
}
