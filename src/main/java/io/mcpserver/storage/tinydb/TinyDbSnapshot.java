package io.mcpserver.storage.tinydb;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.Document;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.StoreSnapshot;
import io.mcpserver.storage.StoredDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** What is in memory at one moment, which nobody changes there: a change replaces what is known of an id. */
final class TinyDbSnapshot implements StoreSnapshot {

    private static final long PAGE_BYTES = 2_000_000;

    private final TinyDbContents.Snapshot contents;
    private final BooleanSupplier closed;
    private int next;

    /** @param closed whether the store was closed */
    TinyDbSnapshot(TinyDbContents.Snapshot contents, BooleanSupplier closed) {
        this.contents = contents;
        this.closed = closed;
    }

    @Override
    public long sequence() {
        return contents.sequence();
    }

    @Override
    public long documents() {
        return contents.known().stream()
                .filter(known -> known.document().isPresent())
                .count();
    }

    @Override
    public long deletedIds() {
        return contents.known().size() - documents();
    }

    @Override
    public Map<String, CollectionSettings> settings() {
        return new TreeMap<>(contents.settings());
    }

    @Override
    public List<StoredDocument> next(int limit) {
        if (closed.getAsBoolean()) {
            throw new StoreException(
                    ErrorCode.STORE_UNAVAILABLE, "The store was closed while it was read; begin again.");
        }
        List<StoredDocument> page = new ArrayList<>();
        long bytes = 0;
        while (next < contents.known().size() && page.size() < limit && bytes < PAGE_BYTES) {
            TinyDbContents.Known known = contents.known().get(next++);
            bytes += known.bytes();
            page.add(new StoredDocument(
                    known.key().collection(),
                    known.key().id(),
                    known.head().version(),
                    known.head().created(),
                    known.head().updated(),
                    known.document().map(Document::content)));
        }
        return page;
    }

    @Override
    public void close() {
        // Nothing is kept for it.
    }
}
