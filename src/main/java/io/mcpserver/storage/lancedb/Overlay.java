package io.mcpserver.storage.lancedb;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows that are acknowledged and not in the dataset yet, as an immutable value: newer rows stand before those of the
 * dataset with the same key.
 *
 * @param layers oldest first; never changed
 */
record Overlay(List<Map<String, Pending>> layers) {

    /** A row, with the number of its record in the journal. */
    record Pending(long number, Row row) {}

    static final Overlay EMPTY = new Overlay(List.of());

    /** A layer of fewer rows takes in the next record, so that there are few layers to look through. */
    private static final int SMALL_LAYER = 256;

    boolean isEmpty() {
        return layers.isEmpty();
    }

    /** The newest row of a key; null if the dataset has it, if anybody. */
    Row find(String key) {
        for (int i = layers.size() - 1; i >= 0; i--) {
            Pending pending = layers.get(i).get(key);
            if (pending != null) {
                return pending.row();
            }
        }
        return null;
    }

    /** The newest row of each key. */
    Collection<Row> rows() {
        Map<String, Row> newest = new LinkedHashMap<>();
        layers.forEach(layer -> layer.forEach((key, pending) -> newest.put(key, pending.row())));
        return newest.values();
    }

    Overlay with(long number, Collection<Row> rows) {
        List<Map<String, Pending>> more = new ArrayList<>(layers);
        boolean joined = !more.isEmpty() && more.getLast().size() < SMALL_LAYER;
        Map<String, Pending> layer = joined ? new HashMap<>(more.removeLast()) : new HashMap<>();
        rows.forEach(row -> layer.put(row.key(), new Pending(number, row)));
        more.add(layer);
        return new Overlay(List.copyOf(more));
    }

    /** Without the records up to one, which the dataset has now. */
    Overlay without(long lastNumber) {
        List<Map<String, Pending>> left = new ArrayList<>();
        for (Map<String, Pending> layer : layers) {
            Map<String, Pending> rest = new HashMap<>(layer);
            rest.values().removeIf(pending -> pending.number() <= lastNumber);
            if (!rest.isEmpty()) {
                left.add(rest);
            }
        }
        return new Overlay(List.copyOf(left));
    }
}
