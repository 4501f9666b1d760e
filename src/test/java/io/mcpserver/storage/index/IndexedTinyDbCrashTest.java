package io.mcpserver.storage.index;

import io.mcpserver.storage.CrashContract;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.StoreOpener;

class IndexedTinyDbCrashTest extends CrashContract {

    @Override
    protected Class<? extends StoreOpener> opener() {
        return ShelfOpener.TinyDb.class;
    }

    @Override
    protected void check(DocumentStore store) {
        IndexSoundness.require(store);
    }
}
