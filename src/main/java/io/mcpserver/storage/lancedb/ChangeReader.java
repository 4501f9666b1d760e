package io.mcpserver.storage.lancedb;

import io.mcpserver.storage.Change;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/** Reads changes in the order of their sequence, as many as are asked for and fit into memory. */
final class ChangeReader {

    private static final List<String> COLUMNS = List.of(Columns.KEY, Columns.SEQUENCE, Columns.BYTES);

    private record Candidate(long sequence, String key, long rowId, int bytes) {}

    private ChangeReader() {}

    static List<Change> read(View view, long after, int limit) {
        return rows(view, after, limit, PageReader.PAGE_BYTES).stream()
                .map(Row::change)
                .toList();
    }

    /** @param mostBytes of content after which a page ends early; one document always fits */
    static List<Row> rows(View view, long after, int limit, long mostBytes) {
        if (after >= view.state().sequence()) {
            return List.of();
        }
        PriorityQueue<Candidate> oldest = new PriorityQueue<>(
                Comparator.comparingLong(Candidate::sequence).reversed());
        for (Row row : view.overlay().rows()) {
            if (row.sequence() > after) {
                keep(oldest, new Candidate(row.sequence(), row.key(), Selection.PENDING, row.bytes()), limit);
            }
        }
        String condition = Columns.SEQUENCE + " > " + after;
        RowReader.scan(view, COLUMNS, Optional.of(condition), RowReader.SMALL_COLUMNS, batch -> {
            for (int i = 0; i < batch.size(); i++) {
                String key = batch.key(i);
                if (view.overlay().find(key) == null) {
                    keep(oldest, new Candidate(batch.sequence(i), key, batch.rowId(i), batch.bytes(i)), limit);
                }
            }
            return true;
        });
        List<RowReader.Wanted> wanted = new ArrayList<>();
        long bytes = 0;
        for (Candidate each : oldest.stream()
                .sorted(Comparator.comparingLong(Candidate::sequence))
                .toList()) {
            bytes += each.bytes();
            if (bytes > mostBytes && !wanted.isEmpty()) {
                break;
            }
            wanted.add(new RowReader.Wanted(each.key(), each.rowId()));
        }
        return RowReader.wanted(view, wanted);
    }

    private static void keep(PriorityQueue<Candidate> oldest, Candidate candidate, int limit) {
        if (oldest.size() < limit) {
            oldest.add(candidate);
        } else if (candidate.sequence() < oldest.peek().sequence()) {
            oldest.poll();
            oldest.add(candidate);
        }
    }
}
