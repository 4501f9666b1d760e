package io.mcpserver.storage.lancedb;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.StoreSnapshot;
import io.mcpserver.storage.StoredDocument;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A view that is kept: a version of the dataset, and what was in the journal before it. */
final class LanceDbSnapshot implements StoreSnapshot {

    private static final long PAGE_BYTES = 2_000_000;

    private final View view;
    private long read;
    private boolean closed;

    /** @param view closed with this */
    LanceDbSnapshot(View view) {
        this.view = view;
    }

    @Override
    public long sequence() {
        return view.state().sequence();
    }

    @Override
    public long documents() {
        return view.state().totals().values().stream()
                .mapToLong(Totals::documents)
                .sum();
    }

    @Override
    public long deletedIds() {
        return view.state().totals().values().stream()
                .mapToLong(Totals::deleted)
                .sum();
    }

    @Override
    public Map<String, CollectionSettings> settings() {
        return new TreeMap<>(view.state().settings());
    }

    @Override
    public synchronized List<StoredDocument> next(int limit) {
        if (closed) {
            throw new StoreException(
                    ErrorCode.STORE_UNAVAILABLE, "The store was closed while it was read; begin again.");
        }
        List<Row> rows = ChangeReader.rows(view, read, limit, PAGE_BYTES);
        if (!rows.isEmpty()) {
            read = rows.getLast().sequence();
        }
        return rows.stream().map(Row::stored).toList();
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            view.close();
        }
    }
}
