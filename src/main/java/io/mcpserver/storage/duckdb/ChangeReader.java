package io.mcpserver.storage.duckdb;

import io.mcpserver.storage.Change;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads changes in the order of their sequence, as many as are asked for and fit into memory. */
final class ChangeReader {

    private ChangeReader() {}

    static SqlText sql(long after, int limit) {
        return sql(after, limit, QueryReader.PAGE_BYTES);
    }

    /** @param bytes of content after which a page ends early; one document always fits */
    static SqlText sql(long after, int limit, long bytes) {
        return new SqlText(
                "WITH next AS (SELECT rowid AS row, seq, bytes FROM doc WHERE seq > ? ORDER BY seq LIMIT ?), "
                        + "sized AS (SELECT row, bytes, sum(bytes) OVER (ORDER BY seq ROWS UNBOUNDED PRECEDING) AS size"
                        + " FROM next) SELECT " + DocRow.COLUMNS + " FROM doc WHERE rowid IN (SELECT row FROM sized"
                        + " WHERE size <= ? OR size = bytes) ORDER BY seq",
                after,
                limit,
                bytes);
    }

    static List<Change> read(Connection connection, long after, int limit) throws SQLException {
        List<Change> changes = new ArrayList<>();
        try (PreparedStatement statement = sql(after, limit).prepare(connection);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                changes.add(DocRow.read(rows).change());
            }
        }
        return changes;
    }
}
