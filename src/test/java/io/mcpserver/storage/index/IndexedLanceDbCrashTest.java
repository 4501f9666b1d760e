package io.mcpserver.storage.index;

import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.StoreOpener;
import java.nio.file.Path;

/** The same with the record in the lancedb engine, which is what is killed here. */
class IndexedLanceDbCrashTest extends IndexedStoreCrashTest {

    public static final class LanceDbOpener implements StoreOpener {
        @Override
        public DocumentStore open(Path directory) {
            return Shelf.open("lancedb", directory, Shelf.NO_MODEL).store();
        }
    }

    @Override
    protected Class<? extends StoreOpener> opener() {
        return LanceDbOpener.class;
    }

    /** Few, for each loads native code twice. */
    @Override
    protected int rounds() {
        return 2;
    }
}
