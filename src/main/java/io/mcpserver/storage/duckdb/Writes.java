package io.mcpserver.storage.duckdb;

import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.DocumentJson;
import io.mcpserver.storage.DocumentRules;
import io.mcpserver.storage.DocumentToSave;
import io.mcpserver.storage.Filter;
import io.mcpserver.storage.Saved;
import io.mcpserver.storage.SettingsJson;
import io.mcpserver.storage.StoredDocument;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;

/** The kinds of writes. */
final class Writes {

    private Writes() {}

    record Save(String collection, List<DocumentToSave> documents, List<String> contents, long bytes)
            implements Write<List<Saved>> {

        /** Serialises on the caller's thread, so that the writer does not have to. */
        static Save of(String collection, List<DocumentToSave> documents) {
            List<String> contents = documents.stream()
                    .map(document -> DocumentJson.write(document.id(), document.content()))
                    .toList();
            long bytes = contents.stream().mapToLong(DocumentJson::size).sum();
            DocumentRules.checkBatchBytes(bytes);
            return new Save(collection, List.copyOf(documents), contents, bytes);
        }

        @Override
        public List<Saved> in(WriteTransaction transaction) {
            return transaction.save(collection, documents, contents);
        }

        @Override
        public List<String> keys() {
            return documents.stream()
                    .map(document -> DuckDbSchema.key(collection, document.id()))
                    .toList();
        }
    }

    /** @param contents JSON; null for an id that was deleted */
    record Adopt(List<StoredDocument> documents, List<String> contents, long bytes, boolean replace)
            implements Write<List<Saved>> {

        static Adopt of(List<StoredDocument> documents, boolean replace) {
            List<String> contents = documents.stream()
                    .map(document -> document.content()
                            .map(content -> DocumentJson.write(document.id(), content))
                            .orElse(null))
                    .toList();
            long bytes = contents.stream()
                    .filter(Objects::nonNull)
                    .mapToLong(DocumentJson::size)
                    .sum();
            DocumentRules.checkBatchBytes(bytes);
            return new Adopt(List.copyOf(documents), contents, bytes, replace);
        }

        @Override
        public List<Saved> in(WriteTransaction transaction) {
            return transaction.adopt(documents, contents, replace);
        }

        @Override
        public List<String> keys() {
            return documents.stream()
                    .map(document -> DuckDbSchema.key(document.collection(), document.id()))
                    .toList();
        }
    }

    record DeleteIds(String collection, List<String> ids) implements Write<Long> {

        @Override
        public Long in(WriteTransaction transaction) {
            return transaction.delete(collection, ids);
        }

        @Override
        public List<String> keys() {
            return ids.stream().map(id -> DuckDbSchema.key(collection, id)).toList();
        }
    }

    record DeleteSelected(String collection, Filter filter) implements Write<Long> {

        @Override
        public Long in(WriteTransaction transaction) throws SQLException {
            SqlText select = new SqlText(
                            "CREATE TEMP TABLE gone AS SELECT rowid AS row, key, version, created, updated,"
                                    + " row_number() OVER (ORDER BY key) AS number FROM doc WHERE collection = ? AND live AND ",
                            collection)
                    .add(new FilterSql(DuckDbSchema.idExpression(collection)).of(filter));
            try (PreparedStatement create = select.prepare(transaction.connection())) {
                create.execute();
            }
            try (Statement statement = transaction.connection().createStatement()) {
                long deleted = statement.executeUpdate("DELETE FROM doc WHERE rowid IN (SELECT row FROM gone)");
                statement.executeUpdate("INSERT INTO doc SELECT key, '" + collection + "', version, number + "
                        + transaction.advance(deleted) + ", created, greatest(updated, " + transaction.now()
                        + "), false, 0, NULL FROM gone ORDER BY number");
                statement.execute("DROP TABLE gone");
                return deleted;
            }
        }

        @Override
        public boolean alone() {
            return true;
        }
    }

    record Configure(String collection, CollectionSettings settings) implements Write<Void> {

        @Override
        public Void in(WriteTransaction transaction) throws SQLException {
            SqlText delete = new SqlText("DELETE FROM settings WHERE collection = ?", collection);
            SqlText insert =
                    new SqlText("INSERT INTO settings VALUES (?, ?)", collection, SettingsJson.write(settings));
            for (SqlText sql : List.of(delete, insert)) {
                try (PreparedStatement statement = sql.prepare(transaction.connection())) {
                    statement.executeUpdate();
                }
            }
            return null;
        }

        @Override
        public boolean alone() {
            return true;
        }
    }
}
