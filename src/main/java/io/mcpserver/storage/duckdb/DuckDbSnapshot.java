package io.mcpserver.storage.duckdb;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.SettingsJson;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.StoreSnapshot;
import io.mcpserver.storage.StoredDocument;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A transaction on a connection of its own, which sees what was committed when it began. */
final class DuckDbSnapshot implements StoreSnapshot {

    private static final long PAGE_BYTES = 2_000_000;

    private record Extent(long sequence, long documents, long deletedIds) {}

    private final DuckDbSession session;
    private final DuckDbDatabase database;
    private final StatementCache statements;
    private final Extent extent;
    private final Map<String, CollectionSettings> settings;
    private long read;

    private DuckDbSnapshot(
            DuckDbSession session,
            DuckDbDatabase database,
            StatementCache statements,
            Extent extent,
            Map<String, CollectionSettings> settings) {
        this.session = session;
        this.database = database;
        this.statements = statements;
        this.extent = extent;
        this.settings = settings;
    }

    static DuckDbSnapshot open(DuckDbSession session) {
        DuckDbDatabase database = session.database();
        return on(session, database, () -> {
            StatementCache statements = database.lend();
            try {
                statements.connection().setAutoCommit(false);
                return new DuckDbSnapshot(session, database, statements, extent(statements), settings(statements));
            } catch (SQLException | RuntimeException e) {
                database.takeBack(statements);
                throw e;
            }
        });
    }

    @Override
    public long sequence() {
        return extent.sequence();
    }

    @Override
    public long documents() {
        return extent.documents();
    }

    @Override
    public long deletedIds() {
        return extent.deletedIds();
    }

    @Override
    public Map<String, CollectionSettings> settings() {
        return settings;
    }

    @Override
    public List<StoredDocument> next(int limit) {
        List<DocRow> rows =
                on(session, database, () -> list(statements, ChangeReader.sql(read, limit, PAGE_BYTES), DocRow::read));
        if (!rows.isEmpty()) {
            read = rows.getLast().sequence();
        }
        return rows.stream().map(DocRow::stored).toList();
    }

    @Override
    public void close() {
        // Where the file was opened anew, the connection went with the old opening.
        database.takeBack(statements);
    }

    private static Extent extent(StatementCache statements) throws SQLException {
        SqlText sql = new SqlText("SELECT coalesce(max(seq), 0), count(*) FILTER (WHERE live),"
                + " count(*) FILTER (WHERE NOT live) FROM doc");
        return list(statements, sql, row -> new Extent(row.getLong(1), row.getLong(2), row.getLong(3)))
                .getFirst();
    }

    private static Map<String, CollectionSettings> settings(StatementCache statements) throws SQLException {
        Map<String, CollectionSettings> all = new TreeMap<>();
        list(
                statements,
                new SqlText("SELECT collection, value FROM settings"),
                row -> all.put(row.getString(1), SettingsJson.read(row.getString(2))));
        return all;
    }

    private static <T> T on(DuckDbSession session, DuckDbDatabase database, DuckDbSession.Work<T> work) {
        try {
            return session.whileUsed(database, work)
                    .orElseThrow(() -> new StoreException(
                            ErrorCode.STORE_UNAVAILABLE,
                            "The store was closed or opened anew while it was read; begin again."));
        } catch (SQLException e) {
            throw DuckDbDatabase.fault("The documents cannot be read", e);
        }
    }

    private static <T> List<T> list(StatementCache statements, SqlText sql, ReadContext.Row<T> row)
            throws SQLException {
        return statements.use(sql, statement -> {
            List<T> all = new ArrayList<>();
            try (ResultSet results = statement.executeQuery()) {
                while (results.next()) {
                    all.add(row.of(results));
                }
            }
            return all;
        });
    }
}
