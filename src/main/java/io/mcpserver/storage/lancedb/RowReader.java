package io.mcpserver.storage.lancedb;

import io.mcpserver.storage.StorageFault;
import io.mcpserver.storage.StoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        ScanOptions.Builder options =
                new ScanOptions.Builder().columns(columns).batchSize(batchRows).withRowId(true);
        filter.ifPresent(options::filter);
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
        List<Long> rowIds = wanted.stream()
                .map(Wanted::rowId)
                .filter(rowId -> rowId != Selection.PENDING)
                .toList();
        Map<String, Row> taken = new HashMap<>();
        take(view, rowIds).forEach(row -> taken.put(row.key(), row));
        return wanted.stream()
                .map(each ->
                        each.rowId() == Selection.PENDING ? view.overlay().find(each.key()) : taken.get(each.key()))
                .toList();
    }

    private static List<Row> take(View view, List<Long> rowIds) {
        List<Row> rows = new ArrayList<>();
        if (rowIds.isEmpty()) {
            return rows;
        }
        try (ArrowReader reader = view.dataset().takeRows(rowIds, Columns.ALL)) {
            while (reader.loadNextBatch()) {
                view.requireWanted();
                RowBatch batch = new RowBatch(reader.getVectorSchemaRoot());
                for (int i = 0; i < batch.size(); i++) {
                    rows.add(batch.row(i));
                }
            }
        } catch (IOException | RuntimeException e) {
            throw e instanceof StoreException coded ? coded : StorageFault.of("The documents cannot be read", e);
        }
        return rows;
    }

    /** Where a row is in the dataset, and the row without its content. */
    record Place(long rowId, Row row) {}
}
