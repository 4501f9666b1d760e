package io.mcpserver.storage.duckdb;

import io.mcpserver.storage.Change;
import io.mcpserver.storage.Document;
import io.mcpserver.storage.DocumentToSave;
import io.mcpserver.storage.ExpectedVersion;
import io.mcpserver.storage.FieldPath;
import io.mcpserver.storage.Saved;
import io.mcpserver.storage.StoredDocument;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * The writes of one group as one transaction: what is current is read once, the writes are decided in
 * memory one after the other, and the newest row of every id is written at the end.
 */
final class WriteTransaction {

    /** The row of an id in the table, before this transaction. */
    private record Head(long rowId, DocRow row) {}

    private static final int KEYS_A_LOOKUP = 500;

    private final StatementCache statements;
    private final long now = FieldPath.micros(Instant.now());
    private final Map<String, Head> heads = new HashMap<>();
    private final Map<String, DocRow> written = new LinkedHashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private long sequence;

    /** @param sequence of the newest durable change */
    WriteTransaction(StatementCache statements, long sequence) {
        this.statements = statements;
        this.sequence = sequence;
    }

    DuckDBConnection connection() {
        return statements.connection();
    }

    long sequence() {
        return sequence;
    }

    /** Takes the next sequences for rows that are written by SQL. */
    long advance(long rows) {
        sequence += rows;
        return sequence - rows;
    }

    long now() {
        return now;
    }

    List<Change> changes() {
        return changes;
    }

    /** Reads what is current for these keys; the writes look at nothing else. */
    void look(Collection<String> keys) throws SQLException {
        List<String> missing = new ArrayList<>(new LinkedHashSet<>(keys));
        for (int from = 0; from < missing.size(); from += KEYS_A_LOOKUP) {
            List<String> some = missing.subList(from, Math.min(missing.size(), from + KEYS_A_LOOKUP));
            SqlText sql = new SqlText(
                            "SELECT key, version, seq, created, updated, live, NULL, rowid FROM doc WHERE key IN (")
                    .addList(some)
                    .add(")");
            statements.use(sql, this::readHeads);
        }
    }

    private int readHeads(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                DocRow row = DocRow.read(rows);
                heads.put(row.key(), new Head(rows.getLong(8), row));
            }
        }
        return heads.size();
    }

    /** Decides one save; a conflict leaves this transaction as it was. */
    List<Saved> save(String collection, List<DocumentToSave> documents, List<String> contents) {
        documents.forEach(document -> expect(collection, document));
        List<Saved> saved = new ArrayList<>(documents.size());
        for (int i = 0; i < documents.size(); i++) {
            saved.add(save(collection, documents.get(i), contents.get(i)));
        }
        return saved;
    }

    /** Decides what is taken over from another store; with {@code replace} false, documents that are here stay. */
    List<Saved> adopt(List<StoredDocument> documents, List<String> contents, boolean replace) {
        List<Saved> taken = new ArrayList<>(documents.size());
        for (int i = 0; i < documents.size(); i++) {
            StoredDocument document = documents.get(i);
            DocRow before = current(DuckDbSchema.key(document.collection(), document.id()));
            boolean here = before != null && before.live();
            if (replace || !here) {
                taken.add(new Saved(document.id(), adopt(document, contents.get(i), before), !here));
            }
        }
        return taken;
    }

    private long adopt(StoredDocument document, String content, DocRow before) {
        long version = before == null ? document.version() : Math.max(document.version(), before.version() + 1);
        long given = FieldPath.micros(document.updated());
        long updated = before == null ? given : Math.max(given, before.updated());
        DocRow row = new DocRow(
                DuckDbSchema.key(document.collection(), document.id()),
                version,
                ++sequence,
                FieldPath.micros(document.created()),
                updated,
                content != null,
                content);
        put(row);
        Optional<Document> after = document.content()
                .map(json -> new Document(
                        document.id(), json, version, FieldPath.time(row.created()), FieldPath.time(updated)));
        changes.add(new Change(sequence, document.collection(), document.id(), after, List.of()));
        return version;
    }

    /** Decides one deletion; ids that do not exist are passed over. */
    long delete(String collection, List<String> ids) {
        long deleted = 0;
        for (String id : ids) {
            String key = DuckDbSchema.key(collection, id);
            DocRow before = current(key);
            if (before != null && before.live()) {
                long time = Math.max(now, before.updated());
                put(new DocRow(key, before.version(), ++sequence, before.created(), time, false, null));
                changes.add(new Change(sequence, collection, id, Optional.empty(), List.of()));
                deleted++;
            }
        }
        return deleted;
    }

    /** Writes the rows; the commit is the caller's. */
    void write() throws SQLException {
        List<Long> outdated = written.keySet().stream()
                .map(heads::get)
                .filter(head -> head != null)
                .map(Head::rowId)
                .toList();
        for (int from = 0; from < outdated.size(); from += KEYS_A_LOOKUP) {
            List<Long> some = outdated.subList(from, Math.min(outdated.size(), from + KEYS_A_LOOKUP));
            SqlText sql = new SqlText("DELETE FROM doc WHERE rowid IN (")
                    .addList(some)
                    .add(")");
            statements.use(sql, PreparedStatement::executeUpdate);
        }
        if (!written.isEmpty()) {
            try (DuckDBAppender appender = connection().createAppender("main", "doc")) {
                for (DocRow row : written.values()) {
                    row.append(appender);
                }
            }
        }
    }

    private void expect(String collection, DocumentToSave document) {
        DocRow before = current(DuckDbSchema.key(collection, document.id()));
        long version = before != null && before.live() ? before.version() : 0;
        ExpectedVersion.check(collection, document, version);
    }

    private Saved save(String collection, DocumentToSave document, String content) {
        String key = DuckDbSchema.key(collection, document.id());
        DocRow before = current(key);
        boolean replaced = before != null && before.live();
        long time = before == null ? now : Math.max(now, before.updated());
        long created = replaced ? before.created() : time;
        long version = before == null ? 1 : before.version() + 1;
        put(new DocRow(key, version, ++sequence, created, time, true, content));
        Document after =
                new Document(document.id(), document.content(), version, FieldPath.time(created), FieldPath.time(time));
        changes.add(new Change(sequence, collection, document.id(), Optional.of(after), document.vectors()));
        return new Saved(document.id(), version, !replaced);
    }

    private DocRow current(String key) {
        DocRow row = written.get(key);
        Head head = heads.get(key);
        return row != null || head == null ? row : head.row();
    }

    private void put(DocRow row) {
        written.remove(row.key());
        written.put(row.key(), row);
    }
}
