package io.mcpserver.storage.duckdb;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.StoreException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The tables, and how older ones become the newest.
 *
 * <p>{@code doc} holds one row for every id that was ever saved; a deleted one keeps its row as a
 * tombstone ({@code live} false, no content), so that its version is never used again and {@code
 * changes} can tell of it. The index is not unique: one writer sees to that, and a unique one makes
 * every write several times slower.
 */
final class DuckDbSchema {

    static final int VERSION = 1;

    /** Between collection and id in a key; no collection name holds it. */
    static final char SEPARATOR = '\u001f';

    static final String CREATE_INDEX = "CREATE INDEX IF NOT EXISTS doc_key ON doc (key)";

    private static final String[] CREATE = {
        "CREATE TABLE meta (name VARCHAR NOT NULL, value VARCHAR NOT NULL)",
        "CREATE TABLE doc (key VARCHAR NOT NULL, collection VARCHAR NOT NULL, version BIGINT NOT NULL,"
                + " seq BIGINT NOT NULL, created BIGINT NOT NULL, updated BIGINT NOT NULL, live BOOLEAN NOT NULL,"
                + " bytes INTEGER NOT NULL, content VARCHAR)",
        "CREATE TABLE settings (collection VARCHAR NOT NULL, value VARCHAR NOT NULL)",
        "INSERT INTO meta VALUES ('schema_version', '" + VERSION + "')"
    };

    private DuckDbSchema() {}

    static String key(String collection, String id) {
        return collection + SEPARATOR + id;
    }

    static String collection(String key) {
        return key.substring(0, key.indexOf(SEPARATOR));
    }

    static String id(String key) {
        return key.substring(key.indexOf(SEPARATOR) + 1);
    }

    /** SQL of the id of the documents of one collection. */
    static String idExpression(String collection) {
        return "substr(key, " + (collection.length() + 2) + ")";
    }

    /** Creates what is missing; refuses a database of a newer program. */
    static void migrate(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            if (!exists(statement)) {
                for (String sql : CREATE) {
                    statement.execute(sql);
                }
            }
            int version = version(statement);
            if (version > VERSION) {
                throw new StoreException(
                        ErrorCode.STORE_UNAVAILABLE,
                        "The database was written by a newer version of this program (schema " + version
                                + ", this one knows " + VERSION + "): start that version.");
            }
            statement.execute(CREATE_INDEX);
            connection.commit();
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private static boolean exists(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT 1 FROM duckdb_tables() WHERE table_name = 'meta'")) {
            return rows.next();
        }
    }

    private static int version(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT value FROM meta WHERE name = 'schema_version'")) {
            return rows.next() ? Integer.parseInt(rows.getString(1)) : 0;
        }
    }
}
