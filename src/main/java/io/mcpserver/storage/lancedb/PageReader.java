package io.mcpserver.storage.lancedb;

import io.mcpserver.storage.Document;
import io.mcpserver.storage.FieldPath;
import io.mcpserver.storage.Query;
import io.mcpserver.storage.QueryCursor;
import io.mcpserver.storage.SortKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * One page of a query. One scan finds the places of the first documents in the order, and how many there are in all; the
 * documents themselves are read after that, only those of the page.
 */
final class PageReader {

    /** Bytes of content after which a page ends early; one document always fits. */
    static final long PAGE_BYTES = 8_000_000;

    /** A document's place in the order, and where it is. */
    private record Candidate(List<SortKey> keys, String id, long rowId, int bytes) {}

    private final Query query;
    private final Optional<QueryCursor> cursor;
    private final List<FieldPath> paths;
    private final Comparator<Candidate> order;
    private final PriorityQueue<Candidate> first;
    private long total;

    private PageReader(Query query, Optional<QueryCursor> cursor) {
        this.query = query;
        this.cursor = cursor;
        this.paths =
                query.sort().stream().map(key -> FieldPath.parse(key.path())).toList();
        this.order = order(query.sort());
        this.first = new PriorityQueue<>(order.reversed());
    }

    static Query.Page read(View view, Query query, Optional<QueryCursor> cursor) {
        return new PageReader(query, cursor).read(view);
    }

    private Query.Page read(View view) {
        Candidate after = cursor.map(at -> new Candidate(at.keys(), at.id(), Selection.PENDING, 0))
                .orElse(null);
        Selection.visit(view, query.collection(), query.filter(), paths, (document, rowId, bytes) -> {
            total++;
            consider(candidate(document, rowId, bytes), after);
            return true;
        });
        List<Candidate> found = first.stream().sorted(order).toList();
        List<Candidate> shown = new ArrayList<>();
        long bytes = 0;
        for (Candidate each : found) {
            bytes += each.bytes();
            if (shown.size() == query.limit() || bytes > PAGE_BYTES && !shown.isEmpty()) {
                break;
            }
            shown.add(each);
        }
        List<Document> documents = documents(view, shown);
        boolean more = found.size() > shown.size();
        return new Query.Page(
                documents, more ? Optional.of(QueryCursor.after(query, documents.getLast())) : Optional.empty(), total);
    }

    private Candidate candidate(Document document, long rowId, int bytes) {
        List<SortKey> keys =
                paths.stream().map(path -> SortKey.of(path.valueIn(document))).toList();
        return new Candidate(keys, document.id(), rowId, bytes);
    }

    private void consider(Candidate candidate, Candidate after) {
        if (after != null && order.compare(candidate, after) <= 0) {
            return;
        }
        // One more than the page takes tells whether there is another page.
        if (first.size() <= query.limit()) {
            first.add(candidate);
        } else if (order.compare(candidate, first.peek()) < 0) {
            first.poll();
            first.add(candidate);
        }
    }

    private List<Document> documents(View view, List<Candidate> shown) {
        List<RowReader.Wanted> wanted = shown.stream()
                .map(each -> new RowReader.Wanted(Keys.of(query.collection(), each.id()), each.rowId()))
                .toList();
        return RowReader.wanted(view, wanted).stream().map(Row::document).toList();
    }

    private static Comparator<Candidate> order(List<Query.Sort> sort) {
        Comparator<Candidate> order = (a, b) -> 0;
        for (int i = 0; i < sort.size(); i++) {
            int key = i;
            Comparator<Candidate> one =
                    Comparator.comparing(candidate -> candidate.keys().get(key));
            order = order.thenComparing(sort.get(i).descending() ? one.reversed() : one);
        }
        return order.thenComparing(Candidate::id, SortKey::compareByCodePoint);
    }
}
