package io.mcpserver.storage.index;

import io.mcpserver.storage.CrashContract;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.StoreOpener;

/** The index in Lance is as sound as Lucene's after a process was killed. */
class LanceIndexCrashTest extends CrashContract {

    @Override
    protected Class<? extends StoreOpener> opener() {
        return ShelfOpener.Lance.class;
    }

    /** The engine has its thirty rounds with the other index; six are each moment once. */
    @Override
    protected int rounds() {
        return 6;
    }

    @Override
    protected void check(DocumentStore store) {
        IndexSoundness.require(store);
    }
}
