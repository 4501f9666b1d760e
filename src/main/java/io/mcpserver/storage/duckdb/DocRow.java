package io.mcpserver.storage.duckdb;

import io.mcpserver.storage.Change;
import io.mcpserver.storage.Document;
import io.mcpserver.storage.DocumentJson;
import io.mcpserver.storage.FieldPath;
import io.mcpserver.storage.StoredDocument;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.duckdb.DuckDBAppender;

/**
 * One row of the table {@code doc}.
 *
 * @param created microseconds since the epoch
 * @param updated microseconds since the epoch; for a tombstone when it was deleted
 * @param live false for a tombstone
 * @param content JSON; null for a tombstone
 */
record DocRow(String key, long version, long sequence, long created, long updated, boolean live, String content) {

    /** The columns that {@link #read} reads, in its order. */
    static final String COLUMNS = "key, version, seq, created, updated, live, content";

    static DocRow read(ResultSet row) throws SQLException {
        return new DocRow(
                row.getString(1),
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getBoolean(6),
                row.getString(7));
    }

    Document document() {
        return new Document(
                DuckDbSchema.id(key),
                DocumentJson.read(content),
                version,
                FieldPath.time(created),
                FieldPath.time(updated));
    }

    StoredDocument stored() {
        return new StoredDocument(
                DuckDbSchema.collection(key),
                DuckDbSchema.id(key),
                version,
                FieldPath.time(created),
                FieldPath.time(updated),
                live ? Optional.of(DocumentJson.read(content)) : Optional.empty());
    }

    Change change() {
        return new Change(
                sequence,
                DuckDbSchema.collection(key),
                DuckDbSchema.id(key),
                live ? Optional.of(document()) : Optional.empty(),
                List.of());
    }

    void append(DuckDBAppender appender) throws SQLException {
        appender.beginRow();
        appender.append(key);
        appender.append(DuckDbSchema.collection(key));
        appender.append(version);
        appender.append(sequence);
        appender.append(created);
        appender.append(updated);
        appender.append(live);
        appender.append(live ? DocumentJson.size(content) : 0);
        if (live) {
            appender.append(content);
        } else {
            appender.appendNull();
        }
        appender.endRow();
    }
}
