package io.mcpserver.storage.index;

import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.StoreOpener;
import java.nio.file.Path;

/** As {@link IndexedStoreCrashTest}, over the TinyDB engine. */
class IndexedTinyDbCrashTest extends IndexedStoreCrashTest {

    public static final class TinyDbOpener implements StoreOpener {
        @Override
        public DocumentStore open(Path directory) {
            return Shelf.open("tinydb", directory, Shelf.NO_MODEL).store();
        }
    }

    @Override
    protected Class<? extends StoreOpener> opener() {
        return TinyDbOpener.class;
    }

    @Override
    protected int rounds() {
        return 2;
    }
}
