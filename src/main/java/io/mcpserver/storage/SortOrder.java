package io.mcpserver.storage;

import io.mcpserver.error.ErrorCode;
import java.util.Comparator;
import java.util.List;

/** The order of a query, in plain Java: what every engine's order must agree with. */
public final class SortOrder {

    /** Sort keys of one query. */
    public static final int MAX_KEYS = 8;

    private SortOrder() {}

    /** The order of documents under sort keys; ties are broken by id, always ascending. */
    public static Comparator<Document> of(List<Query.Sort> sort) {
        check(sort);
        Comparator<Document> order = (a, b) -> 0;
        for (Query.Sort key : sort) {
            FieldPath path = FieldPath.parse(key.path());
            Comparator<Document> one = Comparator.comparing(document -> SortKey.of(path.valueIn(document)));
            order = order.thenComparing(key.descending() ? one.reversed() : one);
        }
        return order.thenComparing(Document::id, SortKey::compareByCodePoint);
    }

    /**
     * Checks the number and the paths of sort keys.
     *
     * @throws StoreException {@code INVALID_ARGUMENT}
     */
    public static void check(List<Query.Sort> sort) {
        if (sort.size() > MAX_KEYS) {
            throw new StoreException(
                    ErrorCode.INVALID_ARGUMENT,
                    "A query takes at most " + MAX_KEYS + " sort keys, not " + sort.size() + ".");
        }
        sort.forEach(key -> FieldPath.parse(key.path()));
    }
}
