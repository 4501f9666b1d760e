package io.mcpserver.storage.index;

import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.StoreOpener;
import java.nio.file.Path;

/** Opens an engine with its index beside it, as the server does. */
public abstract class ShelfOpener implements StoreOpener {

    public static final class DuckDb extends ShelfOpener {
        public DuckDb() {
            super("duckdb");
        }
    }

    public static final class LanceDb extends ShelfOpener {
        public LanceDb() {
            super("lancedb");
        }
    }

    /** With the search index in Lance too. */
    public static final class Lance extends ShelfOpener {
        public Lance() {
            super("lancedb");
        }

        @Override
        public DocumentStore open(Path directory) {
            return Shelf.openWithLance(directory, Shelf.NO_MODEL).store();
        }
    }

    public static final class TinyDb extends ShelfOpener {
        public TinyDb() {
            super("tinydb");
        }
    }

    private final String type;

    private ShelfOpener(String type) {
        this.type = type;
    }

    @Override
    public DocumentStore open(Path directory) {
        return Shelf.open(type, directory, Shelf.NO_MODEL).store();
    }
}
