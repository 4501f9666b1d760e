package io.mcpserver.storage.tinydb;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.Change;
import io.mcpserver.storage.ChangeListener;
import io.mcpserver.storage.CheckedStore;
import io.mcpserver.storage.CollectionInfo;
import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.DirectoryLock;
import io.mcpserver.storage.Document;
import io.mcpserver.storage.DocumentRules;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.DocumentToSave;
import io.mcpserver.storage.Filter;
import io.mcpserver.storage.Query;
import io.mcpserver.storage.QueryCursor;
import io.mcpserver.storage.Saved;
import io.mcpserver.storage.SortKey;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.StoreSnapshot;
import io.mcpserver.storage.StoredDocument;
import io.mcpserver.storage.journal.JournalLimits;
import io.mcpserver.storage.journal.JournaledWrites;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Documents in one JSON file that Python's TinyDB opens, and in memory; meant for up to about 10,000 documents. Behind a
 * {@link CheckedStore}.
 *
 * <p>Every acknowledged write is in the flushed journal; the file follows within a moment. Deleted ids are kept in the file
 * of the state for good, without their content. The contents have at most a quarter of {@code storage.cache_size}, a
 * sixteenth of the Java heap, and never more than {@value #MOST_BYTES} bytes.
 */
final class TinyDbStore implements DocumentStore {

    /** Bytes of JSON of all contents. */
    static final long MOST_BYTES = 64L << 20;

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int SHARE_OF_CACHE = 4;
    private static final int SHARE_OF_HEAP = 16;
    private static final long LARGEST_BACKLOG = 32L << 20;
    private static final long SEGMENT = 8L << 20;

    private final DirectoryLock lock;
    private final TinyDbContents contents;
    private final TinyDbCheckpoints checkpoints;
    private final JournaledWrites writes;
    private final TinyDbWatch watch;
    private final long mostBytes;
    private final AtomicBoolean closed = new AtomicBoolean();

    private TinyDbStore(
            DirectoryLock lock,
            TinyDbContents contents,
            TinyDbCheckpoints checkpoints,
            JournaledWrites writes,
            TinyDbWatch watch,
            long mostBytes) {
        this.lock = lock;
        this.contents = contents;
        this.checkpoints = checkpoints;
        this.writes = writes;
        this.watch = watch;
        this.mostBytes = mostBytes;
    }

    static TinyDbStore open(ServerConfig.Storage config, ChangeListener listener) {
        return open(config, listener, LOOK);
    }

    /** @param look how often the file is looked at for changes of somebody else, besides at each checkpoint */
    static TinyDbStore open(ServerConfig.Storage config, ChangeListener listener, Duration look) {
        DirectoryLock lock = DirectoryLock.acquire(config.path());
        JournaledWrites writes = null;
        try {
            TinyDbFiles files = new TinyDbFiles(config.path());
            TinyDbOpening opening = TinyDbOpening.read(files);
            TinyDbCheckpoints checkpoints = new TinyDbCheckpoints(files, opening);
            TinyDbEngine engine = new TinyDbEngine(opening.contents(), checkpoints);
            writes = JournaledWrites.open(files.journal(), limits(), engine, listener, "tinydb");
            checkpoints.connect(writes);
            checkpoints.absorb();
            long most = Math.min(
                    Math.min(MOST_BYTES, config.cacheSize() / SHARE_OF_CACHE),
                    Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
            TinyDbWatch watch = new TinyDbWatch(checkpoints, look);
            return new TinyDbStore(lock, opening.contents(), checkpoints, writes, watch, most);
        } catch (RuntimeException | Error e) {
            if (writes != null) {
                writes.close();
            }
            lock.close();
            throw e;
        }
    }

    @Override
    public List<Saved> save(String collection, List<DocumentToSave> documents) {
        return writes.save(collection, documents, this::requireRoom);
    }

    @Override
    public Map<String, Document> load(String collection, List<String> ids) {
        List<TinyDbContents.Known> found = contents.load(collection, ids);
        DocumentRules.checkLoadedBytes(
                found.stream().mapToLong(TinyDbContents.Known::bytes).sum());
        Map<String, Document> loaded = new LinkedHashMap<>();
        found.forEach(known -> loaded.put(known.key().id(), known.document().orElseThrow()));
        return loaded;
    }

    @Override
    public long delete(String collection, List<String> ids) {
        return writes.delete(collection, ids);
    }

    @Override
    public long delete(String collection, Filter filter) {
        return writes.delete(collection, () -> TinyDbQuery.select(contents.documents(collection), filter).stream()
                .map(Document::id)
                .sorted(SortKey::compareByCodePoint)
                .toList());
    }

    @Override
    public Query.Page query(Query query) {
        Optional<QueryCursor> cursor = QueryCursor.of(query);
        return TinyDbQuery.page(contents.documents(query.collection()), query, cursor);
    }

    @Override
    public long count(String collection, Filter filter) {
        return TinyDbQuery.select(contents.documents(collection), filter).size();
    }

    @Override
    public List<String> ids(String collection, Filter filter, int most) {
        return TinyDbQuery.select(contents.documents(collection), filter).stream()
                .map(Document::id)
                .limit(most)
                .toList();
    }

    @Override
    public List<CollectionInfo> collections() {
        return contents.infos();
    }

    @Override
    public CollectionSettings settings(String collection) {
        return contents.settings(collection);
    }

    @Override
    public void configure(String collection, CollectionSettings settings) {
        writes.configure(collection, settings);
    }

    @Override
    public List<Change> changes(long after, int limit) {
        return contents.changes(after, limit);
    }

    @Override
    public StoreSnapshot snapshot() {
        return new TinyDbSnapshot(contents.snapshot(), closed::get);
    }

    @Override
    public List<Saved> adopt(List<StoredDocument> documents, boolean replace) {
        return writes.adopt(documents, replace, this::requireRoom);
    }

    @Override
    public Map<String, Long> figures() {
        return Map.of(
                "deleted_ids", contents.deletedIds(),
                "file_bytes", checkpoints.size(),
                "journal_bytes", writes.backlogBytes(),
                "most_bytes", mostBytes);
    }

    @Override
    public long sequence() {
        return writes.sequence();
    }

    /** Has the file written with all that was acknowledged before; false if that takes longer. */
    boolean awaitFile(Duration patience) throws InterruptedException {
        return writes.awaitApplied(patience);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                watch.close();
                writes.close();
            } finally {
                lock.close();
            }
        }
    }

    /** What waits to be applied is in memory too. */
    private static JournalLimits limits() {
        long backlog = Math.min(LARGEST_BACKLOG, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
        return new JournalLimits(SEGMENT, backlog, backlog / 2);
    }

    private void requireRoom(long more) {
        if (contents.bytes() + more > mostBytes) {
            throw new StoreException(
                    ErrorCode.TOO_LARGE,
                    "The documents of the tinydb engine may have " + mostBytes + " bytes of JSON together: delete some,"
                            + " or move to storage.type: duckdb, which is made for more. Nothing was saved.");
        }
    }
}
