package io.mcpserver.storage.lancedb;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.storage.Change;
import io.mcpserver.storage.ChangeListener;
import io.mcpserver.storage.CheckedStore;
import io.mcpserver.storage.CollectionInfo;
import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.DirectoryLock;
import io.mcpserver.storage.Document;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.DocumentToSave;
import io.mcpserver.storage.Filter;
import io.mcpserver.storage.Query;
import io.mcpserver.storage.QueryCursor;
import io.mcpserver.storage.Saved;
import io.mcpserver.storage.StorageFault;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.StoreSnapshot;
import io.mcpserver.storage.StoredDocument;
import io.mcpserver.storage.journal.JournalLimits;
import io.mcpserver.storage.journal.JournaledWrites;
import io.mcpserver.storage.lancedb.dataset.Lance;
import io.mcpserver.storage.lancedb.dataset.LanceMemory;
import io.mcpserver.storage.lancedb.dataset.Versions;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * Documents in one Lance dataset, with a journal in front, behind a {@link CheckedStore}.
 *
 * <p>Every acknowledged write is in the flushed journal and seen by all reads; the dataset gets it a moment later. Deleted
 * ids keep a tombstone for good: it is what {@link #changes} reports and what keeps versions from being used twice.
 */
final class LanceDbStore implements DocumentStore {

    /** What a store keeps in its directory. */
    static final Set<String> NAMES = Set.of("documents.lance", "lancedb-journal", KeptStates.FOLDER);

    static final String DATASET = "documents.lance";
    static final String JOURNAL = "lancedb-journal";
    /** A small backlog, for what waits is in memory too. */
    private static final JournalLimits LIMITS = new JournalLimits(8L << 20, 16L << 20, 4L << 20);

    private final DirectoryLock lock;
    private final Table table;
    private final Current current;
    private final Readers readers;
    private final JournaledWrites writes;
    private final Set<LanceDbSnapshot> snapshots =
            Collections.newSetFromMap(Collections.synchronizedMap(new WeakHashMap<>()));

    private LanceDbStore(DirectoryLock lock, Table table, Current current, Readers readers, JournaledWrites writes) {
        this.lock = lock;
        this.table = table;
        this.current = current;
        this.readers = readers;
        this.writes = writes;
    }

    static LanceDbStore open(ServerConfig.Storage config, ChangeListener listener) {
        DirectoryLock lock = DirectoryLock.acquire(config.path());
        Table table = null;
        Current current = null;
        JournaledWrites writes = null;
        try {
            Lance.load(LanceMemory.of(config.cacheSize()));
            table = Table.open(config.path().resolve(DATASET));
            Opening opening = Opening.read(table.snapshot());
            current = new Current(opening.state());
            Maintenance maintenance =
                    new Maintenance(table, current, Maintenance.INDEX_EVERY, Maintenance.COMPACT_EVERY);
            // Of a new dataset there is nothing to keep.
            Instant changed = opening.applied() == 0
                    ? Instant.EPOCH
                    : Files.getLastModifiedTime(table.manifest()).toInstant();
            History history = new History(table.path(), config.history(), InstantSource.system(), changed);
            LanceDbEngine engine = new LanceDbEngine(table, current, maintenance, history, opening);
            writes = JournaledWrites.open(config.path().resolve(JOURNAL), LIMITS, engine, listener, "lancedb");
            engine.begin();
            Readers readers = new Readers(current, Math.max(1, config.connectionPoolSize()));
            return new LanceDbStore(lock, table, current, readers, writes);
        } catch (StoreException | Error e) {
            close(writes, current, table, lock);
            throw e;
        } catch (IOException | RuntimeException e) {
            close(writes, current, table, lock);
            throw StorageFault.of("The documents in " + config.path() + " cannot be opened", e);
        }
    }

    private static void close(JournaledWrites writes, Current current, Table table, DirectoryLock lock) {
        try {
            if (writes != null) {
                writes.close();
            }
        } finally {
            if (current != null) {
                current.close();
            }
            if (table != null) {
                table.close();
            }
            lock.close();
        }
    }

    @Override
    public List<Saved> save(String collection, List<DocumentToSave> documents) {
        return writes.save(collection, documents);
    }

    @Override
    public Map<String, Document> load(String collection, List<String> ids) {
        List<String> keys = ids.stream().map(id -> Keys.of(collection, id)).toList();
        return readers.read(view -> Loading.load(view, keys));
    }

    @Override
    public long delete(String collection, List<String> ids) {
        return writes.delete(collection, ids);
    }

    @Override
    public long delete(String collection, Filter filter) {
        return writes.delete(collection, () -> {
            try (View view = current.view()) {
                return Selection.ids(view, collection, filter, Integer.MAX_VALUE).stream()
                        .sorted()
                        .toList();
            }
        });
    }

    @Override
    public Query.Page query(Query query) {
        Optional<QueryCursor> cursor = QueryCursor.of(query);
        return readers.read(view -> PageReader.read(view, query, cursor));
    }

    @Override
    public long count(String collection, Filter filter) {
        return readers.read(view -> Selection.count(view, collection, filter));
    }

    @Override
    public List<String> ids(String collection, Filter filter, int most) {
        return readers.read(view -> Selection.ids(view, collection, filter, most));
    }

    @Override
    public List<CollectionInfo> collections() {
        State state = current.state();
        return state.totals().entrySet().stream()
                .filter(entry -> entry.getValue().documents() > 0)
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> new CollectionInfo(
                        entry.getKey(),
                        entry.getValue().documents(),
                        entry.getValue().bytes(),
                        state.settings().getOrDefault(entry.getKey(), CollectionSettings.NONE)))
                .toList();
    }

    @Override
    public CollectionSettings settings(String collection) {
        return current.state().settings().getOrDefault(collection, CollectionSettings.NONE);
    }

    @Override
    public void configure(String collection, CollectionSettings settings) {
        writes.configure(collection, settings);
    }

    @Override
    public List<Change> changes(long after, int limit) {
        return readers.read(view -> ChangeReader.read(view, after, limit));
    }

    @Override
    public StoreSnapshot snapshot() {
        LanceDbSnapshot snapshot = new LanceDbSnapshot(current.view());
        // So that closing this store does not leave a version of the dataset open.
        snapshots.add(snapshot);
        return snapshot;
    }

    @Override
    public List<Saved> adopt(List<StoredDocument> documents, boolean replace) {
        return writes.adopt(documents, replace, bytes -> {});
    }

    @Override
    public Map<String, Long> figures() {
        State state = current.state();
        long deleted =
                state.totals().values().stream().mapToLong(Totals::deleted).sum();
        long fragments =
                readers.read(view -> (long) view.dataset().getFragments().size());
        return Map.of(
                "deleted_ids",
                deleted,
                "fragments",
                fragments,
                "journal_bytes",
                writes.backlogBytes(),
                "versions",
                new Versions(table.path()).count());
    }

    @Override
    public long sequence() {
        return writes.sequence();
    }

    @Override
    public OptionalLong nativeBytes() {
        return OptionalLong.of(Lance.shared().bytes());
    }

    @Override
    public void close() {
        try {
            List.copyOf(snapshots).forEach(LanceDbSnapshot::close);
            writes.close();
            readers.close();
        } finally {
            close(null, current, table, lock);
        }
    }
}
