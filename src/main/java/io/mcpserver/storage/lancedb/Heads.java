package io.mcpserver.storage.lancedb;

import io.mcpserver.storage.lancedb.dataset.KeySketch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is current of keys, without contents: of those that were written or asked for lately it is known, those that
 * were never there are told by a sketch, and for the others the dataset is asked. Of the writer's thread, through which all changes come.
 */
final class Heads {

    private static final int REMEMBERED = 10_000;

    private final Current current;
    private final KeySketch sketch;
    private final Map<String, Optional<Row>> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<Row>> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** What was looked up last, however much: it is asked for again when the write that needed it becomes visible. */
    private Map<String, Optional<Row>> looked = new HashMap<>();

    /** @param sketch of all keys of the dataset */
    Heads(Current current, KeySketch sketch) {
        this.current = current;
        this.sketch = sketch;
    }

    /** The rows of those keys that have one, tombstones counted. */
    Map<String, Row> find(Collection<String> keys) {
        Map<String, Row> found = new HashMap<>();
        List<String> missing = new ArrayList<>();
        for (String key : keys) {
            Optional<Row> row = known.getOrDefault(key, looked.get(key));
            if (row == null && sketch.mayHave(key)) {
                missing.add(key);
            } else if (row != null) {
                row.ifPresent(head -> found.put(key, head));
            }
        }
        if (!missing.isEmpty()) {
            looked = look(missing);
            looked.forEach((key, row) -> {
                known.put(key, row);
                row.ifPresent(head -> found.put(key, head));
            });
        }
        return found;
    }

    void put(Row row) {
        sketch.add(row.key());
        Optional<Row> head = Optional.of(row.head());
        known.put(row.key(), head);
        looked.computeIfPresent(row.key(), (key, before) -> head);
    }

    private Map<String, Optional<Row>> look(List<String> keys) {
        Map<String, Optional<Row>> rows = new HashMap<>();
        try (View view = current.view()) {
            List<String> elsewhere = new ArrayList<>();
            for (String key : keys) {
                Row pending = view.overlay().find(key);
                rows.put(key, Optional.ofNullable(pending).map(Row::head));
                if (pending == null) {
                    elsewhere.add(key);
                }
            }
            RowReader.places(view, elsewhere).forEach((key, place) -> rows.put(key, Optional.of(place.row())));
        }
        return rows;
    }
}
