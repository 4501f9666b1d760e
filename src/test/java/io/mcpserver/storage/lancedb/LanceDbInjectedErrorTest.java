package io.mcpserver.storage.lancedb;

import io.mcpserver.storage.StoreOpener;
import io.mcpserver.storage.fault.InjectedErrorContract;
import io.mcpserver.storage.index.ShelfOpener;
import java.util.List;
import org.junit.jupiter.api.Tag;

@Tag("system")
@Tag("side-by-side")
class LanceDbInjectedErrorTest extends InjectedErrorContract {

    @Override
    protected Class<? extends StoreOpener> opener() {
        return ShelfOpener.LanceDb.class;
    }

    /** As many as leave it enough small files to put together. */
    @Override
    protected int rounds() {
        return 24;
    }

    /** Those of the journal: Lance wakes its threads by the other, which no system refuses; its files are bounded instead. */
    @Override
    protected List<String> writes() {
        return List.of("pwrite64");
    }
}
