package io.mcpserver.storage.tinydb;

import io.mcpserver.storage.StoreOpener;
import io.mcpserver.storage.fault.InjectedErrorContract;
import io.mcpserver.storage.index.ShelfOpener;
import org.junit.jupiter.api.Tag;

@Tag("system")
@Tag("side-by-side")
class TinyDbInjectedErrorTest extends InjectedErrorContract {

    @Override
    protected Class<? extends StoreOpener> opener() {
        return ShelfOpener.TinyDb.class;
    }
}
