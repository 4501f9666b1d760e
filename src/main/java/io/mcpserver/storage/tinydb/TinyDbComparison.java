package io.mcpserver.storage.tinydb;

import io.mcpserver.storage.journal.DocumentKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What somebody else did to the file since the baseline.
 *
 * @param rows all documents in the file, by the id that they have or get
 * @param changes in the order of the file, deletions last
 */
record TinyDbComparison(Map<DocumentKey, TinyDbRow> rows, List<Change> changes) {

    /** What was done to one document. */
    sealed interface Change {

        DocumentKey key();

        /** It was put in. */
        record Added(DocumentKey key, TinyDbRow row) implements Change {}

        /** @param version that its content had in the baseline */
        record Edited(DocumentKey key, TinyDbRow row, long version) implements Change {}

        /** @param version that it had in the baseline */
        record Removed(DocumentKey key, long version) implements Change {}
    }

    static TinyDbComparison of(TinyDbBaseline baseline, TinyDbTables tables) {
        Map<DocumentKey, TinyDbRow> rows = keyed(tables);
        List<Change> changes = new ArrayList<>();
        rows.forEach((key, row) -> {
            TinyDbBaseline.Row before = baseline.rows().get(key);
            if (before == null) {
                changes.add(new Change.Added(key, row));
            } else if (!before.checksum().equals(TinyDbRow.checksum(row.content()))) {
                changes.add(new Change.Edited(key, row, before.version()));
            }
        });
        baseline.rows().forEach((key, before) -> {
            if (!rows.containsKey(key)) {
                changes.add(new Change.Removed(key, before.version()));
            }
        });
        return new TinyDbComparison(rows, changes);
    }

    /**
     * The rows by their ids. Of two with the same id the first keeps it; who has none gets the number of its row, always
     * the same one, so that a merge that was interrupted ends as it began.
     */
    static Map<DocumentKey, TinyDbRow> keyed(TinyDbTables tables) {
        Map<DocumentKey, TinyDbRow> keyed = new LinkedHashMap<>();
        tables.collections().forEach((collection, rows) -> {
            Set<TinyDbRow> named = new HashSet<>();
            for (TinyDbRow row : rows) {
                if (row.id().isPresent()
                        && keyed.putIfAbsent(
                                        new DocumentKey(collection, row.id().get()), row)
                                == null) {
                    named.add(row);
                }
            }
            for (TinyDbRow row : rows) {
                if (!named.contains(row)) {
                    DocumentKey key = new DocumentKey(collection, Long.toString(row.number()));
                    DocumentKey other =
                            new DocumentKey(collection, row.number() + "-" + TinyDbRow.checksum(row.content()));
                    keyed.putIfAbsent(keyed.containsKey(key) ? other : key, row);
                }
            }
        });
        return keyed;
    }
}
