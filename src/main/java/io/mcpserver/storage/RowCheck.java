package io.mcpserver.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.storage.StoreSalvage.Found;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a row of an engine is as this program writes it. */
public final class RowCheck {

    private static final long FIRST_TIME = FieldPath.micros(Instant.parse("0001-01-01T00:00:00Z"));
    private static final long LAST_TIME = FieldPath.micros(Instant.parse("9999-12-31T23:59:59Z"));

    private RowCheck() {}

    /**
     * A row as it was read.
     *
     * @param created microseconds since the epoch
     * @param updated microseconds since the epoch
     * @param content JSON; null or empty where there is none
     * @param counted the collection that the row is counted to
     * @param bytes of the content, as the row says
     */
    public record Row(
            String collection,
            String id,
            long version,
            long created,
            long updated,
            boolean live,
            String content,
            String counted,
            long bytes) {

        /** Where it is, for people. */
        public String where() {
            return collection + "/" + id;
        }

        /** What is left of it. */
        public String rest() {
            return content == null ? "" : content;
        }
    }

    /**
     * Checks a row.
     *
     * @param twice whether there are older rows of the same id
     */
    public static Found of(Row row, boolean twice) {
        Optional<ObjectNode> content;
        try {
            CollectionNames.check(row.collection());
            DocumentRules.checkId(row.id());
            content = row.live() ? Optional.of(content(row)) : Optional.empty();
        } catch (StoreException e) {
            return new Found.Lost(row.where(), "is refused: " + e.getMessage(), row.rest());
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
        if (twice) {
            wrong.add("was there twice");
        }
        if (!row.collection().equals(row.counted())) {
            wrong.add("was counted to the collection " + row.counted());
        }
        if (row.bytes() != (row.live() ? DocumentJson.size(row.rest()) : 0)) {
            wrong.add("was counted with a wrong size");
        }
        StoredDocument document = new StoredDocument(
                row.collection(),
                row.id(),
                Math.max(1, row.version()),
                FieldPath.time(created),
                FieldPath.time(updated),
                content);
        return wrong.isEmpty() ? new Found.Good(document) : new Found.Mended(document, String.join(", ", wrong));
    }

    private static ObjectNode content(Row row) {
        ObjectNode content = DocumentJson.read(String.valueOf(row.content()));
        DocumentJson.write(row.id(), content);
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
