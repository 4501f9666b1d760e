package io.mcpserver.storage.duckdb;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.Change;
import io.mcpserver.storage.ChangeListener;
import io.mcpserver.storage.CollectionInfo;
import io.mcpserver.storage.CollectionNames;
import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.DirectoryLock;
import io.mcpserver.storage.Document;
import io.mcpserver.storage.DocumentRules;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.DocumentToSave;
import io.mcpserver.storage.Filter;
import io.mcpserver.storage.Hit;
import io.mcpserver.storage.Query;
import io.mcpserver.storage.QueryCursor;
import io.mcpserver.storage.Saved;
import io.mcpserver.storage.Search;
import io.mcpserver.storage.SortOrder;
import io.mcpserver.storage.StorageFault;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.StoreFeature;
import io.mcpserver.storage.StoreSnapshot;
import io.mcpserver.storage.StoredDocument;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Documents in one DuckDB file.
 *
 * <p>Every acknowledged write is in the flushed write-ahead log. Deleted ids keep a tombstone of about a
 * hundred bytes for good: it is what {@link #changes} reports and what keeps versions from being used
 * twice.
 */
final class DuckDbStore implements DocumentStore {

    private static final int IDS_A_STATEMENT = 64;
    private static final int MAX_PAGE = 1_000;

    private final DirectoryLock lock;
    private final DuckDbSession session;
    private final ReaderPool readers;
    private final GroupCommit commit;
    private final WriteQueue writes;
    private final AtomicBoolean closed = new AtomicBoolean();

    private DuckDbStore(DirectoryLock lock, DuckDbSession session, int readers, ChangeListener listener)
            throws SQLException {
        this.lock = lock;
        this.session = session;
        this.readers = new ReaderPool(session, readers);
        this.commit = new GroupCommit(session, listener);
        this.writes = new WriteQueue(commit);
    }

    static DuckDbStore open(ServerConfig.Storage config, ChangeListener listener) {
        DirectoryLock lock = DirectoryLock.acquire(config.path());
        DuckDbSession session = null;
        try {
            int readers = Math.max(1, config.connectionPoolSize());
            session = new DuckDbSession(new DuckDbFiles(config.path()), config.cacheSize(), readers);
            return new DuckDbStore(lock, session, readers, listener);
        } catch (SQLException | RuntimeException e) {
            if (session != null) {
                session.close();
            }
            lock.close();
            throw e instanceof StoreException coded
                    ? coded
                    : StorageFault.of("The database in " + config.path() + " cannot be opened", e);
        }
    }

    @Override
    public Set<StoreFeature> features() {
        return Set.of();
    }

    @Override
    public List<Saved> save(String collection, List<DocumentToSave> documents) {
        CollectionNames.check(collection);
        Writes.Save save = Writes.Save.of(collection, documents);
        requireOpen();
        return documents.isEmpty() ? List.of() : writes.submit(save);
    }

    @Override
    public Map<String, Document> load(String collection, List<String> ids) {
        CollectionNames.check(collection);
        DocumentRules.checkIds(ids);
        requireOpen();
        List<String> keys = new LinkedHashSet<>(ids)
                .stream().map(id -> DuckDbSchema.key(collection, id)).toList();
        return keys.isEmpty() ? Map.of() : readers.read(context -> load(context, keys));
    }

    @Override
    public long delete(String collection, List<String> ids) {
        CollectionNames.check(collection);
        DocumentRules.checkIds(ids);
        requireOpen();
        return ids.isEmpty() ? 0 : writes.submit(new Writes.DeleteIds(collection, List.copyOf(ids)));
    }

    @Override
    public long delete(String collection, Filter filter) {
        CollectionNames.check(collection);
        requireOpen();
        return writes.submit(new Writes.DeleteSelected(collection, filter));
    }

    @Override
    public Query.Page query(Query query) {
        CollectionNames.check(query.collection());
        SortOrder.check(query.sort());
        requireLimit(query.limit(), MAX_PAGE);
        requireOpen();
        Optional<QueryCursor> cursor = QueryCursor.of(query);
        return readers.read(context -> QueryReader.read(context, query, cursor));
    }

    @Override
    public long count(String collection, Filter filter) {
        CollectionNames.check(collection);
        requireOpen();
        return readers.read(context -> QueryReader.count(context, collection, filter));
    }

    @Override
    public List<String> ids(String collection, Filter filter, int most) {
        CollectionNames.check(collection);
        requireOpen();
        return readers.read(context -> QueryReader.ids(context, collection, filter, most));
    }

    @Override
    public List<Hit> search(Search search) {
        throw new StoreException(ErrorCode.UNSUPPORTED, "The duckdb engine itself has no search; an index adds it.");
    }

    @Override
    public List<CollectionInfo> collections() {
        requireOpen();
        return readers.read(context -> {
            Map<String, CollectionSettings> settings = new HashMap<>();
            context.list(
                    new SqlText("SELECT collection, value FROM settings"),
                    row -> settings.put(row.getString(1), Writes.Configure.read(row.getString(2))));
            return context.list(
                    new SqlText("SELECT collection, count(*), CAST(sum(bytes) AS BIGINT) FROM doc WHERE live"
                            + " GROUP BY collection ORDER BY collection"),
                    row -> new CollectionInfo(
                            row.getString(1),
                            row.getLong(2),
                            row.getLong(3),
                            settings.getOrDefault(row.getString(1), CollectionSettings.NONE)));
        });
    }

    @Override
    public CollectionSettings settings(String collection) {
        CollectionNames.check(collection);
        requireOpen();
        return readers
                .read(context -> context.list(
                        new SqlText("SELECT value FROM settings WHERE collection = ?", collection),
                        row -> Writes.Configure.read(row.getString(1))))
                .stream()
                .findFirst()
                .orElse(CollectionSettings.NONE);
    }

    @Override
    public void configure(String collection, CollectionSettings settings) {
        CollectionNames.check(collection);
        requireOpen();
        writes.submit(new Writes.Configure(collection, settings));
    }

    @Override
    public List<Change> changes(long after, int limit) {
        requireLimit(limit, DocumentRules.MAX_BATCH);
        requireOpen();
        return readers.read(context -> context.list(
                ChangeReader.sql(after, limit), row -> DocRow.read(row).change()));
    }

    @Override
    public StoreSnapshot snapshot() {
        requireOpen();
        return DuckDbSnapshot.open(session);
    }

    @Override
    public List<Saved> adopt(List<StoredDocument> documents, boolean replace) {
        Writes.Adopt adopt = Writes.Adopt.of(documents, replace);
        requireOpen();
        return documents.isEmpty() ? List.of() : writes.submit(adopt);
    }

    @Override
    public Map<String, Long> figures() {
        requireOpen();
        long deleted = readers.read(context -> context.number(new SqlText("SELECT count(*) FROM doc WHERE NOT live")));
        return Map.of("deleted_ids", deleted, "log_bytes", session.files().logSize());
    }

    @Override
    public long sequence() {
        requireOpen();
        return commit.sequence();
    }

    @Override
    public OptionalLong nativeBytes() {
        requireOpen();
        SqlText sql = new SqlText("SELECT CAST(coalesce(sum(memory_usage_bytes), 0) AS BIGINT) FROM duckdb_memory()");
        return OptionalLong.of(readers.read(context -> context.number(sql)));
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                writes.close();
                readers.close();
            } finally {
                session.close();
                lock.close();
            }
        }
    }

    private static Map<String, Document> load(ReadContext context, List<String> keys) throws SQLException {
        Map<String, Document> found = new HashMap<>();
        long bytes = 0;
        for (int from = 0; from < keys.size(); from += IDS_A_STATEMENT) {
            List<String> some = keys.subList(from, Math.min(keys.size(), from + IDS_A_STATEMENT));
            SqlText sql = new SqlText("SELECT " + DocRow.COLUMNS + " FROM doc WHERE key IN (")
                    .addList(some)
                    .add(") AND live");
            for (DocRow row : context.list(sql, DocRow::read)) {
                bytes += row.content().length();
                found.put(row.key(), row.document());
            }
            if (bytes > DocumentRules.MAX_BATCH_BYTES) {
                throw new StoreException(
                        ErrorCode.TOO_LARGE,
                        "These documents have more than " + DocumentRules.MAX_BATCH_BYTES
                                + " bytes: load fewer at once.");
            }
        }
        Map<String, Document> ordered = new LinkedHashMap<>();
        keys.stream().map(found::get).filter(one -> one != null).forEach(one -> ordered.put(one.id(), one));
        return ordered;
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new StoreException(ErrorCode.STORE_UNAVAILABLE, "The store is closed.");
        }
    }

    private static void requireLimit(int limit, int most) {
        if (limit < 1 || limit > most) {
            throw new StoreException(
                    ErrorCode.INVALID_ARGUMENT, "The limit must be 1 to " + most + ", not " + limit + ".");
        }
    }
}
