package io.mcpserver.storage.duckdb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.storage.CollectionNames;
import io.mcpserver.storage.DocumentJson;
import io.mcpserver.storage.DocumentRules;
import io.mcpserver.storage.FieldPath;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.StoreSalvage.Found;
import io.mcpserver.storage.StoredDocument;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a row of the table {@code doc} is as this program writes it. */
final class RowCheck {

    private static final long FIRST_TIME = FieldPath.micros(Instant.parse("0001-01-01T00:00:00Z"));
    private static final long LAST_TIME = FieldPath.micros(Instant.parse("9999-12-31T23:59:59Z"));

    private RowCheck() {}

    /**
     * Checks a row.
     *
     * @param collection as its own column says
     * @param bytes as the row says
     * @param newest where there are several rows of this key, the sequence of the newest; else null
     */
    static Found of(DocRow row, String collection, long bytes, Long newest) {
        String key = row.key();
        String left = row.content() == null ? "" : row.content();
        if (key == null || key.indexOf(DuckDbSchema.SEPARATOR) < 0) {
            return new Found.Lost("a row", "has the key '" + key + "', which names no document", left);
        }
        String name = DuckDbSchema.collection(key);
        String where = name + "/" + DuckDbSchema.id(key);
        Optional<ObjectNode> content;
        try {
            CollectionNames.check(name);
            DocumentRules.checkId(DuckDbSchema.id(key));
            content = row.live() ? Optional.of(content(row)) : Optional.empty();
        } catch (StoreException e) {
            return new Found.Lost(where, "is refused: " + e.getMessage(), left);
        }
        if (newest != null && row.sequence() != newest) {
            return new Found.Lost(where, "is there twice, and this is the older one", left);
        }
        List<String> wrong = new ArrayList<>();
        long created = time(row.created(), wrong);
        long updated = time(row.updated(), wrong);
        if (updated < created) {
            wrong.add("was updated before it was created");
            updated = created;
        }
        if (row.version() < 1) {
            wrong.add("had the version " + row.version());
        }
        if (newest != null) {
            wrong.add("was there twice");
        }
        if (!name.equals(collection)) {
            wrong.add("was counted to the collection " + collection);
        }
        if (bytes != (row.live() ? DocumentJson.size(left) : 0)) {
            wrong.add("was counted with a wrong size");
        }
        StoredDocument document = new StoredDocument(
                name,
                DuckDbSchema.id(key),
                Math.max(1, row.version()),
                FieldPath.time(created),
                FieldPath.time(updated),
                content);
        return wrong.isEmpty() ? new Found.Good(document) : new Found.Mended(document, String.join(", ", wrong));
    }

    private static ObjectNode content(DocRow row) {
        ObjectNode content = DocumentJson.read(String.valueOf(row.content()));
        DocumentJson.write(DuckDbSchema.id(row.key()), content);
        return content;
    }

    private static long time(long micros, List<String> wrong) {
        if (micros >= FIRST_TIME && micros <= LAST_TIME) {
            return micros;
        }
        wrong.add("had a time that is none");
        return FieldPath.micros(Instant.now());
    }
}
