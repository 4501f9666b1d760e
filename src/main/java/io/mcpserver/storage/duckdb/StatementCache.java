package io.mcpserver.storage.duckdb;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.duckdb.DuckDBConnection;

/**
 * One connection with the statements that it prepared last: to plan a small statement takes DuckDB as
 * long as to run it.
 *
 * <p>Threads: one at a time, as the connection itself.
 */
final class StatementCache implements AutoCloseable {

    /** What is done with a statement whose values are set. */
    interface Use<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    private static final int KEPT = 24;
    private static final int LONGEST_KEPT = 4_000;

    private final DuckDBConnection connection;
    private final Map<String, PreparedStatement> kept = new LinkedHashMap<>();

    StatementCache(DuckDBConnection connection) {
        this.connection = connection;
    }

    DuckDBConnection connection() {
        return connection;
    }

    /** Runs a statement; its results must be read before this returns. */
    <T> T use(SqlText sql, Use<T> use) throws SQLException {
        String text = sql.toString();
        // Taken out while in use, and put back as the newest only if all went well.
        PreparedStatement statement = kept.remove(text);
        boolean done = false;
        try {
            if (statement == null) {
                statement = connection.prepareStatement(text);
            }
            sql.bind(statement);
            T result = use.of(statement);
            done = true;
            return result;
        } finally {
            if (done && text.length() <= LONGEST_KEPT) {
                keep(text, statement);
            } else if (statement != null) {
                DuckDbDatabase.closeQuietly(statement);
            }
        }
    }

    @Override
    public void close() {
        kept.values().forEach(DuckDbDatabase::closeQuietly);
        kept.clear();
        DuckDbDatabase.closeQuietly(connection);
    }

    private void keep(String text, PreparedStatement statement) {
        PreparedStatement other = kept.put(text, statement);
        if (other != null) {
            DuckDbDatabase.closeQuietly(other);
        }
        if (kept.size() > KEPT) {
            Iterator<PreparedStatement> oldest = kept.values().iterator();
            DuckDbDatabase.closeQuietly(oldest.next());
            oldest.remove();
        }
    }
}
