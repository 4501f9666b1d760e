package io.mcpserver.storage.lancedb;

import io.mcpserver.storage.CollectionSettings;
import java.util.Map;

/**
 * The store at one moment, as an immutable value.
 *
 * @param snapshot holds everything but the overlay
 * @param totals by collection; also of those that are empty
 * @param settings by collection
 * @param sequence of the newest change
 */
record State(
        Overlay overlay,
        Snapshot snapshot,
        Map<String, Totals> totals,
        Map<String, CollectionSettings> settings,
        long sequence) {

    Totals totals(String collection) {
        return totals.getOrDefault(collection, Totals.NONE);
    }

    /** With what the dataset has now, up to a record of the journal. */
    State applied(long number, Snapshot newer) {
        return new State(overlay.without(number), newer, totals, settings, sequence);
    }

    /** With the snapshot of a dataset that says the same in another way. */
    State in(Snapshot newer) {
        return new State(overlay, newer, totals, settings, sequence);
    }
}
