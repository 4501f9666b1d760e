package io.mcpserver.storage.lancedb;

import io.mcpserver.storage.Document;
import io.mcpserver.storage.DocumentRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Loads documents by id. */
final class Loading {

    private static final List<String> PLACE = List.of(Columns.KEY, Columns.LIVE, Columns.BYTES);

    private Loading() {}

    /** @param keys none twice */
    static Map<String, Document> load(View view, List<String> keys) {
        Map<String, Row> rows = new HashMap<>();
        List<String> elsewhere = new ArrayList<>();
        for (String key : keys) {
            Row pending = view.overlay().find(key);
            if (pending == null) {
                elsewhere.add(key);
            } else {
                rows.put(key, pending);
            }
        }
        if (!elsewhere.isEmpty()) {
            rows.putAll(rows(view, elsewhere));
        }
        DocumentRules.checkLoadedBytes(
                rows.values().stream().mapToLong(Row::bytes).sum());
        Map<String, Document> documents = new LinkedHashMap<>();
        keys.stream().map(rows::get).filter(row -> row != null && row.live()).forEach(row -> {
            Document document = row.document();
            documents.put(document.id(), document);
        });
        return documents;
    }

    private static Map<String, Row> rows(View view, List<String> keys) {
        long mostBytes = (long) keys.size()
                * view.state().totals(Keys.collection(keys.getFirst())).largest();
        Optional<List<RowReader.Wanted>> places = view.places(keys);
        if (places.isEmpty() || mostBytes > DocumentRules.MAX_BATCH_BYTES) {
            return lookedUp(view, keys);
        }
        Map<String, Row> rows = RowReader.taken(view, places.get(), Columns.ALL);
        List<String> others = RowReader.notTaken(places.get(), rows);
        if (!others.isEmpty()) {
            rows.putAll(lookedUp(view, others));
        }
        return rows;
    }

    /**
     * In two steps: so that too much is noticed before it is read, and because a condition on keys that are not in the index
     * yet would have Lance read the contents of all others.
     */
    private static Map<String, Row> lookedUp(View view, List<String> keys) {
        Map<String, RowReader.Place> places = RowReader.places(view, keys, PLACE);
        DocumentRules.checkLoadedBytes(
                places.values().stream().mapToLong(place -> place.row().bytes()).sum());
        List<RowReader.Wanted> wanted = places.values().stream()
                .filter(place -> place.row().live())
                .map(place -> new RowReader.Wanted(place.row().key(), place.rowId()))
                .toList();
        Map<String, Row> rows = new HashMap<>();
        RowReader.wanted(view, wanted).forEach(row -> rows.put(row.key(), row));
        return rows;
    }
}
