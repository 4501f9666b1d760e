package io.mcpserver.storage;

import java.util.List;
import java.util.Optional;

/**
 * Which documents of one collection, in which order.
 *
 * @param sort keys in order of weight; ties are broken by id, so that every order is total
 * @param limit 1–1,000 documents; a page of large ones may end earlier, with a cursor
 * @param cursor where the previous page ended; valid in any process, for the same filter and sort
 */
public record Query(String collection, Filter filter, List<Sort> sort, int limit, Optional<String> cursor) {

    /**
     * One sort key: a field path as in {@link Filter}.
     *
     * <p>Order of types: missing and null first, then booleans, numbers, strings, everything else; a
     * descending key reverses the whole order. Strings are ordered by code point, by their first 256
     * characters.
     */
    public record Sort(String path, boolean descending) {

        /** Reads {@code name} (ascending) or {@code -name} (descending). */
        public static Sort parse(String text) {
            return text.startsWith("-") ? new Sort(text.substring(1), true) : new Sort(text, false);
        }
    }

    /**
     * One page of a query.
     *
     * @param nextCursor present when more documents match
     * @param total how many documents match in all
     */
    public record Page(List<Document> documents, Optional<String> nextCursor, long total) {}
}
