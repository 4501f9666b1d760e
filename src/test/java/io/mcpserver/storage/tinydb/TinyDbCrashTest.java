package io.mcpserver.storage.tinydb;

import io.mcpserver.storage.CrashContract;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.StoreOpener;
import java.nio.file.Path;

class TinyDbCrashTest extends CrashContract {

    public static final class Opener implements StoreOpener {
        @Override
        public DocumentStore open(Path directory) {
            return TinyDbStores.byFactory(directory);
        }
    }

    @Override
    protected Class<? extends StoreOpener> opener() {
        return Opener.class;
    }

    @Override
    protected int rounds() {
        return 4;
    }
}
