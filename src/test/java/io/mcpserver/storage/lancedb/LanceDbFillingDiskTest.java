package io.mcpserver.storage.lancedb;

import io.mcpserver.storage.StoreOpener;
import io.mcpserver.storage.fault.FillingDiskContract;
import io.mcpserver.storage.index.ShelfOpener;
import org.junit.jupiter.api.Tag;

@Tag("system")
@Tag("side-by-side")
class LanceDbFillingDiskTest extends FillingDiskContract {

    @Override
    protected Class<? extends StoreOpener> opener() {
        return ShelfOpener.LanceDb.class;
    }
}
