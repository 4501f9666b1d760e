package io.mcpserver.storage.duckdb;

import io.mcpserver.storage.StoreOpener;
import io.mcpserver.storage.fault.InjectedErrorContract;
import io.mcpserver.storage.index.ShelfOpener;
import java.util.List;
import org.junit.jupiter.api.Tag;

@Tag("system")
@Tag("side-by-side")
class DuckDbInjectedErrorTest extends InjectedErrorContract {

    @Override
    protected Class<? extends StoreOpener> opener() {
        return ShelfOpener.DuckDb.class;
    }

    /** DuckDB does so where it cannot open its log. */
    @Override
    protected boolean mayEnd(List<String> calls) {
        return calls.contains("openat");
    }
}
