package io.mcpserver.storage;

import java.util.List;
import java.util.Map;

/** What an engine without a salvage of its own gives: all or nothing. */
public final class SnapshotSalvage implements StoreSalvage {

    private static final int PAGE = 500;

    private final DocumentStore store;
    private final StoreSnapshot snapshot;

    /** @param store closed with this */
    public SnapshotSalvage(DocumentStore store) {
        this.store = store;
        try {
            this.snapshot = store.snapshot();
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    @Override
    public List<String> faults() {
        return List.of();
    }

    @Override
    public Map<String, CollectionSettings> settings() {
        return snapshot.settings();
    }

    @Override
    public List<Found> next() {
        return snapshot.next(PAGE).stream().<Found>map(Found.Good::new).toList();
    }

    @Override
    public void close() {
        snapshot.close();
        store.close();
    }
}
