package io.mcpserver.storage.index;

import io.mcpserver.storage.CrashContract;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.StoreOpener;

class IndexedLanceDbCrashTest extends CrashContract {

    @Override
    protected Class<? extends StoreOpener> opener() {
        return ShelfOpener.LanceDb.class;
    }

    @Override
    protected void check(DocumentStore store) {
        IndexSoundness.require(store);
    }
}
