package io.mcpserver.storage.duckdb;

import io.mcpserver.config.ServerConfig;
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
import io.mcpserver.storage.SettingsJson;
import io.mcpserver.storage.StorageFault;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.StoreSnapshot;
import io.mcpserver.storage.StoredDocument;
import io.mcpserver.storage.thread.WriteQueue;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Documents in one DuckDB file, behind a {@link CheckedStore}.
 *
 * <p>Every acknowledged write is in the flushed write-ahead log. Deleted ids keep a tombstone of about a
 * hundred bytes for good: it is what {@link #changes} reports and what keeps versions from being used
 * twice.
 */
final class DuckDbStore implements DocumentStore {

    private static final int IDS_A_STATEMENT = 64;

    private final DirectoryLock lock;
    private final DuckDbSession session;
    private final ReaderPool readers;
    private final GroupCommit commit;
    private final WriteQueue<DuckDbTicket<?>> writes;

    private DuckDbStore(DirectoryLock lock, DuckDbSession session, ReaderPool readers, ChangeListener listener)
            throws SQLException {
        this.lock = lock;
        this.session = session;
        this.readers = readers;
        this.commit = new GroupCommit(session, listener);
        this.writes = new WriteQueue<>("duckdb", commit);
    }

    static DuckDbStore open(ServerConfig.Storage config, ChangeListener listener) {
        DirectoryLock lock = DirectoryLock.acquire(config.path());
        DuckDbSession session = null;
        try {
            int readers = Math.max(1, config.connectionPoolSize());
            session = new DuckDbSession(new DuckDbFiles(config.path()), config.cacheSize(), readers);
            ReaderPool pool = new ReaderPool(session, readers, DuckDbDatabase.scans(config.cacheSize()));
            return new DuckDbStore(lock, session, pool, listener);
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
    public List<Saved> save(String collection, List<DocumentToSave> documents) {
        Writes.Save save = Writes.Save.of(collection, documents);
        return write(save);
    }

    @Override
    public Map<String, Document> load(String collection, List<String> ids) {
        List<String> keys =
                ids.stream().map(id -> DuckDbSchema.key(collection, id)).toList();
        return readers.read(context -> load(context, keys));
    }

    @Override
    public long delete(String collection, List<String> ids) {
        return write(new Writes.DeleteIds(collection, ids));
    }

    @Override
    public long delete(String collection, Filter filter) {
        return write(new Writes.DeleteSelected(collection, filter));
    }

    @Override
    public Query.Page query(Query query) {
        Optional<QueryCursor> cursor = QueryCursor.of(query);
        return readers.scan(context -> QueryReader.read(context, query, cursor));
    }

    @Override
    public long count(String collection, Filter filter) {
        return readers.scan(context -> QueryReader.count(context, collection, filter));
    }

    @Override
    public List<String> ids(String collection, Filter filter, int most) {
        return readers.scan(context -> QueryReader.ids(context, collection, filter, most));
    }

    @Override
    public List<CollectionInfo> collections() {
        return readers.read(context -> {
            Map<String, CollectionSettings> settings = new HashMap<>();
            context.list(
                    new SqlText("SELECT collection, value FROM settings"),
                    row -> settings.put(row.getString(1), SettingsJson.read(row.getString(2))));
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
        return readers
                .read(context -> context.list(
                        new SqlText("SELECT value FROM settings WHERE collection = ?", collection),
                        row -> SettingsJson.read(row.getString(1))))
                .stream()
                .findFirst()
                .orElse(CollectionSettings.NONE);
    }

    @Override
    public void configure(String collection, CollectionSettings settings) {
        write(new Writes.Configure(collection, settings));
    }

    @Override
    public List<Change> changes(long after, int limit) {
        return readers.read(context -> context.list(
                ChangeReader.sql(after, limit), row -> DocRow.read(row).change()));
    }

    @Override
    public StoreSnapshot snapshot() {
        return DuckDbSnapshot.open(session);
    }

    @Override
    public List<Saved> adopt(List<StoredDocument> documents, boolean replace) {
        Writes.Adopt adopt = Writes.Adopt.of(documents, replace);
        return write(adopt);
    }

    @Override
    public Map<String, Long> figures() {
        long deleted = readers.read(context -> context.number(new SqlText("SELECT count(*) FROM doc WHERE NOT live")));
        return Map.of("deleted_ids", deleted, "log_bytes", session.files().logSize());
    }

    @Override
    public long sequence() {
        return commit.sequence();
    }

    @Override
    public OptionalLong nativeBytes() {
        SqlText sql = new SqlText("SELECT CAST(coalesce(sum(memory_usage_bytes), 0) AS BIGINT) FROM duckdb_memory()");
        return OptionalLong.of(readers.read(context -> context.number(sql)));
    }

    @Override
    public void close() {
        try {
            writes.close();
            readers.close();
        } finally {
            session.close();
            lock.close();
        }
    }

    private <T> T write(Write<T> write) {
        DuckDbTicket<T> ticket = new DuckDbTicket<>(write);
        writes.add(ticket);
        return ticket.await();
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
            DocumentRules.checkLoadedBytes(bytes);
        }
        Map<String, Document> ordered = new LinkedHashMap<>();
        keys.stream().map(found::get).filter(one -> one != null).forEach(one -> ordered.put(one.id(), one));
        return ordered;
    }
}
