package io.mcpserver.storage.tinydb;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mcpserver.storage.Document;
import io.mcpserver.storage.DocumentJson;
import io.mcpserver.storage.FieldPath;
import io.mcpserver.storage.Filter;
import io.mcpserver.storage.FilterMatcher;
import io.mcpserver.storage.Query;
import io.mcpserver.storage.QueryCursor;
import io.mcpserver.storage.SortKey;
import io.mcpserver.storage.SortOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Filters, orders and pages in plain Java. */
final class TinyDbQuery {

    /** Bytes of content after which a page ends early; one document always fits. */
    private static final long PAGE_BYTES = 8_000_000;

    private static final int DOCUMENTS_A_LOOK = 64;

    /** A filter that selects nothing, to check the paths of another. */
    private static final Document NOBODY =
            new Document("", JsonNodeFactory.instance.objectNode(), 0, Instant.EPOCH, Instant.EPOCH);

    private TinyDbQuery() {}

    /** What of these documents a filter selects; ends early when the caller is interrupted. */
    static List<Document> select(List<Document> documents, Filter filter) {
        check(filter);
        List<Document> selected = new ArrayList<>();
        int seen = 0;
        for (Document document : documents) {
            if (++seen % DOCUMENTS_A_LOOK == 0 && Thread.currentThread().isInterrupted()) {
                throw TinyDbContents.givenUp();
            }
            if (FilterMatcher.matches(filter, document)) {
                selected.add(document);
            }
        }
        return selected;
    }

    /** One page of what a query selects of these documents. */
    static Query.Page page(List<Document> documents, Query query, Optional<QueryCursor> cursor) {
        List<Document> selected = select(documents, query.filter());
        int total = selected.size();
        cursor.ifPresent(at -> selected.removeIf(document -> !isAfter(document, query.sort(), at)));
        selected.sort(SortOrder.of(query.sort()));
        List<Document> page = new ArrayList<>();
        long bytes = 0;
        for (Document document : selected) {
            bytes += DocumentJson.size(document.content().toString());
            if (page.size() == query.limit() || !page.isEmpty() && bytes > PAGE_BYTES) {
                break;
            }
            page.add(document);
        }
        boolean more = page.size() < selected.size();
        return new Query.Page(
                page, more ? Optional.of(QueryCursor.after(query, page.getLast())) : Optional.empty(), total);
    }

    private static boolean isAfter(Document document, List<Query.Sort> sort, QueryCursor cursor) {
        for (int i = 0; i < sort.size(); i++) {
            SortKey key = SortKey.of(FieldPath.parse(sort.get(i).path()).valueIn(document));
            int order = key.compareTo(cursor.keys().get(i));
            if (order != 0) {
                return sort.get(i).descending() ? order < 0 : order > 0;
            }
        }
        return SortKey.compareByCodePoint(document.id(), cursor.id()) > 0;
    }

    /** Refuses bad paths and times, whatever documents there are. */
    private static void check(Filter filter) {
        switch (filter) {
            case Filter.And and -> and.all().forEach(TinyDbQuery::check);
            case Filter.Or or -> or.any().forEach(TinyDbQuery::check);
            case Filter.Not not -> check(not.filter());
            default -> FilterMatcher.matches(filter, NOBODY);
        }
    }
}
