package io.mcpserver.storage.index;

import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.DocumentStoreContract;
import java.nio.file.Path;

/** An index beside an engine changes nothing of what the engine promises. */
class IndexedStoreContractTest extends DocumentStoreContract {

    @Override
    protected DocumentStore open(Path directory) {
        return Shelf.open(directory, Shelf.NO_MODEL).store();
    }
}
