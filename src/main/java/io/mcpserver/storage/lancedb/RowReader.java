package io.mcpserver.storage.lancedb;

import io.mcpserver.storage.StorageFault;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.lancedb.dataset.Sql;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.lance.ipc.LanceScanner;
import org.lance.ipc.ScanOptions;

/** Reads rows of the dataset that a view looks at; the overlay is the caller's. */
final class RowReader {

    /** Takes a batch; false when no more is wanted. */
    interface Batches {
        boolean take(RowBatch batch);
    }

    /** Rows of a batch where only small columns are read. */
    static final int SMALL_COLUMNS = 8_192;

    /** Rows of a batch with contents that are not large. */
    static final int WITH_CONTENT = 1_024;

    private static final int KEYS_A_SCAN = 500;

    private RowReader() {}

    static void scan(View view, List<String> columns, Optional<String> filter, int batchRows, Batches batches) {
        ScanOptions.Builder options = options(columns, batchRows);
        filter.ifPresent(options::filter);
        scan(view, options, batches);
    }

    /** @param fragments which are read; no others */
    static void scan(View view, List<String> columns, List<Integer> fragments, int batchRows, Batches batches) {
        scan(view, options(columns, batchRows).fragmentIds(fragments), batches);
    }

    private static ScanOptions.Builder options(List<String> columns, int batchRows) {
        return new ScanOptions.Builder().columns(columns).batchSize(batchRows).withRowId(true);
    }

    private static void scan(View view, ScanOptions.Builder options, Batches batches) {
        try (LanceScanner scanner = view.dataset().newScan(options.build());
                ArrowReader reader = scanner.scanBatches()) {
            boolean more = true;
            while (more && reader.loadNextBatch()) {
                view.requireWanted();
                more = batches.take(new RowBatch(reader.getVectorSchemaRoot()));
            }
        } catch (StoreException e) {
            throw e;
        } catch (Exception e) {
            throw StorageFault.of("The documents cannot be read", e);
        }
    }

    /** The rows of some keys, with their row ids, without contents. */
    static Map<String, Place> places(View view, Collection<String> keys) {
        return places(view, keys, Columns.HEAD);
    }

    /** @param columns the key among them; each costs time */
    static Map<String, Place> places(View view, Collection<String> keys, List<String> columns) {
        Optional<List<Wanted>> known = view.places(keys);
        if (known.isEmpty()) {
            return lookedUp(view, keys, columns);
        }
        Map<String, Row> taken = taken(view, known.get(), columns);
        Map<String, Place> found = lookedUp(view, notTaken(known.get(), taken), columns);
        known.get().stream()
                .filter(wanted -> taken.containsKey(wanted.key()))
                .forEach(wanted -> found.put(wanted.key(), new Place(wanted.rowId(), taken.get(wanted.key()))));
        return found;
    }

    /** The keys whose place another key of the same hash has; they have to be looked up. */
    static List<String> notTaken(List<Wanted> wanted, Map<String, Row> taken) {
        return wanted.stream()
                .map(Wanted::key)
                .filter(key -> !taken.containsKey(key))
                .toList();
    }

    /** By the index of the dataset, and by a look at all rows that are not in it yet. */
    private static Map<String, Place> lookedUp(View view, Collection<String> keys, List<String> columns) {
        Map<String, Place> found = new HashMap<>();
        List<String> all = List.copyOf(keys);
        for (int from = 0; from < all.size(); from += KEYS_A_SCAN) {
            List<String> some = all.subList(from, Math.min(all.size(), from + KEYS_A_SCAN));
            scan(view, columns, Optional.of(Sql.in(Columns.KEY, some)), SMALL_COLUMNS, batch -> {
                for (int i = 0; i < batch.size(); i++) {
                    Row row = batch.row(i);
                    found.put(row.key(), new Place(batch.rowId(i), row));
                }
                return true;
            });
        }
        return found;
    }

    /** A row that is to be read: of the overlay, or of a place in the dataset. */
    record Wanted(String key, long rowId) {}

    /** Whole rows, in the order in which they are wanted. */
    static List<Row> wanted(View view, List<Wanted> wanted) {
        List<Wanted> placed = wanted.stream()
                .filter(each -> each.rowId() != Selection.PENDING)
                .toList();
        Map<String, Row> taken = taken(view, placed, Columns.ALL);
        return wanted.stream()
                .map(each ->
                        each.rowId() == Selection.PENDING ? view.overlay().find(each.key()) : taken.get(each.key()))
                .toList();
    }

    /**
     * The rows at some places by key; without those whose place another key of the same hash has.
     *
     * @param columns the key among them
     */
    static Map<String, Row> taken(View view, List<Wanted> wanted, List<String> columns) {
        Map<String, Row> rows = new HashMap<>();
        if (wanted.isEmpty()) {
            return rows;
        }
        List<Long> rowIds = wanted.stream().map(Wanted::rowId).distinct().toList();
        try (ArrowReader reader = view.dataset().takeRows(rowIds, columns)) {
            while (reader.loadNextBatch()) {
                view.requireWanted();
                RowBatch batch = new RowBatch(reader.getVectorSchemaRoot());
                for (int i = 0; i < batch.size(); i++) {
                    Row row = batch.row(i);
                    rows.put(row.key(), row);
                }
            }
            rows.keySet().retainAll(wanted.stream().map(Wanted::key).collect(Collectors.toSet()));
        } catch (IOException | RuntimeException e) {
            throw e instanceof StoreException coded ? coded : StorageFault.of("The documents cannot be read", e);
        }
        return rows;
    }

    /** Where a row is in the dataset, and the row without its content. */
    record Place(long rowId, Row row) {}
}
