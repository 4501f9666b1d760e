package io.mcpserver.storage.lancedb;

import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.SettingsJson;
import io.mcpserver.storage.lancedb.dataset.KeySketch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is read of the dataset once, when the store is opened.
 *
 * @param keys all of them
 * @param applied number of the newest record of the journal that the dataset has; 0 for none
 */
record Opening(State state, KeySketch keys, long applied) {

    private static final List<String> COLUMNS =
            List.of(Columns.KEY, Columns.COLLECTION, Columns.SEQUENCE, Columns.LIVE, Columns.BYTES);

    static Opening read(Snapshot snapshot) {
        Map<String, Totals> totals = new HashMap<>();
        Map<String, CollectionSettings> settings = new HashMap<>();
        long[] sequence = new long[1];
        long[] applied = new long[1];
        KeySketch keys = new KeySketch(2 * snapshot.dataset().countRows());
        try (View view = View.of(snapshot)) {
            RowReader.scan(view, COLUMNS, Optional.empty(), RowReader.SMALL_COLUMNS, batch -> {
                for (int i = 0; i < batch.size(); i++) {
                    keys.add(batch.key(i));
                    sequence[0] = Math.max(sequence[0], batch.sequence(i));
                    String collection = batch.collection(i);
                    if (!collection.isEmpty()) {
                        Totals now = totals.getOrDefault(collection, Totals.NONE);
                        totals.put(collection, now.with(batch.live(i), batch.bytes(i)));
                    }
                }
                return true;
            });
            String internal = Columns.COLLECTION + " = ''";
            RowReader.scan(view, Columns.ALL, Optional.of(internal), RowReader.WITH_CONTENT, batch -> {
                for (int i = 0; i < batch.size(); i++) {
                    Row row = batch.row(i);
                    if (Keys.isSettings(row.key())) {
                        settings.put(Keys.collection(row.key()), SettingsJson.read(row.content()));
                    } else {
                        applied[0] = row.version();
                    }
                }
                return true;
            });
        }
        State state = new State(Overlay.EMPTY, snapshot, Map.copyOf(totals), Map.copyOf(settings), sequence[0]);
        return new Opening(state, keys, applied[0]);
    }
}
