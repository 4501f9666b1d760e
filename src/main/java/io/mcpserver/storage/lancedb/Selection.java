package io.mcpserver.storage.lancedb;

import io.mcpserver.storage.Document;
import io.mcpserver.storage.FieldPath;
import io.mcpserver.storage.Filter;
import io.mcpserver.storage.FilterMatcher;
import io.mcpserver.storage.lancedb.dataset.Lance;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/** The documents of a collection that a filter selects, one after the other, in no order. */
final class Selection {

    /** Row id of a document that is not in the dataset yet. */
    static final long PENDING = -1;

    /** Hears of a document; false when no more is wanted. */
    interface Visitor {

        /**
         * Takes one.
         *
         * @param document complete only in its id and in what the filter and the visitor look at
         * @param rowId in the dataset; {@link #PENDING} if only the overlay has it
         * @param bytes of the content
         */
        boolean visit(Document document, long rowId, int bytes);
    }

    /** Contents from here on are read a few at a time. */
    private static final int LARGE = 16_000;

    private static final int LARGE_A_BATCH = 16;

    private final View view;
    private final String collection;
    private final Filter filter;
    private final List<String> columns;
    private final boolean withContent;
    private final Visitor visitor;
    private boolean more = true;

    private Selection(View view, String collection, Filter filter, List<FieldPath> looksAt, Visitor visitor) {
        this.view = view;
        this.collection = collection;
        this.filter = filter;
        this.columns = columns(Stream.concat(Prefilter.paths(filter), looksAt.stream()));
        this.withContent = columns.contains(Columns.CONTENT);
        this.visitor = visitor;
    }

    private static List<String> columns(Stream<FieldPath> paths) {
        Set<String> columns = new LinkedHashSet<>(List.of(Columns.KEY, Columns.BYTES));
        paths.forEach(path -> path.property()
                .ifPresentOrElse(
                        own -> Prefilter.column(own).ifPresent(columns::add), () -> columns.add(Columns.CONTENT)));
        return List.copyOf(columns);
    }

    /** @param looksAt what the visitor looks at, besides the id */
    static void visit(View view, String collection, Filter filter, List<FieldPath> looksAt, Visitor visitor) {
        Selection selection = new Selection(view, collection, filter, looksAt, visitor);
        // Checks the filter, also where there is nothing to look at.
        String condition = Prefilter.of(collection, filter);
        selection.overlay();
        if (!selection.withContent) {
            selection.dataset(condition, RowReader.SMALL_COLUMNS);
            return;
        }
        Semaphore scans = Lance.shared().scans();
        scans.acquireUninterruptibly();
        try {
            view.requireWanted();
            selection.contents(condition);
        } finally {
            scans.release();
        }
    }

    private void contents(String condition) {
        if (view.state().totals(collection).largest() < LARGE) {
            dataset(condition, RowReader.WITH_CONTENT);
        } else {
            dataset(condition + " AND bytes < " + LARGE, RowReader.WITH_CONTENT);
            dataset(condition + " AND bytes >= " + LARGE, LARGE_A_BATCH);
        }
    }

    private void overlay() {
        if (view.overlay().isEmpty()) {
            return;
        }
        for (Row row : view.overlay().rows()) {
            if (more && row.live() && Keys.collection(row.key()).equals(collection)) {
                Document document = withContent ? row.document() : row.shell();
                visit(document, PENDING, row.bytes());
            }
        }
    }

    private void dataset(String condition, int batchRows) {
        if (!more || view.state().totals(collection) == Totals.NONE) {
            return;
        }
        boolean pending = !view.overlay().isEmpty();
        RowReader.scan(view, columns, Optional.of(condition), batchRows, batch -> {
            for (int i = 0; more && i < batch.size(); i++) {
                if (!pending || view.overlay().find(batch.key(i)) == null) {
                    Row row = batch.row(i);
                    visit(withContent ? row.document() : row.shell(), batch.rowId(i), batch.bytes(i));
                }
            }
            return more;
        });
    }

    private void visit(Document document, long rowId, int bytes) {
        if (FilterMatcher.matches(filter, document)) {
            more = visitor.visit(document, rowId, bytes);
        }
    }

    static long count(View view, String collection, Filter filter) {
        if (filter.equals(Filter.ALL)) {
            return view.state().totals(collection).documents();
        }
        long[] count = new long[1];
        visit(view, collection, filter, List.of(), (document, rowId, bytes) -> {
            count[0]++;
            return true;
        });
        return count[0];
    }

    static List<String> ids(View view, String collection, Filter filter, int most) {
        List<String> ids = new ArrayList<>();
        if (most > 0) {
            visit(view, collection, filter, List.of(), (document, rowId, bytes) -> {
                ids.add(document.id());
                return ids.size() < most;
            });
        }
        return ids;
    }
}
