package io.mcpserver.storage.duckdb;

import io.mcpserver.storage.ChangeListener;
import io.mcpserver.storage.CrashContract;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.StoreOpener;
import java.nio.file.Path;

class DuckDbCrashTest extends CrashContract {

    public static final class Opener implements StoreOpener {
        @Override
        public DocumentStore open(Path directory) {
            return DuckDbStores.open(directory, ChangeListener.NONE);
        }
    }

    @Override
    protected Class<? extends StoreOpener> opener() {
        return Opener.class;
    }
}
