package io.mcpserver.admin;

import io.mcpserver.storage.CollectionInfo;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * What the store holds by its parts: documents and bytes of the largest collections, all others as one, and the engine's
 * own figures. Renewed whenever the store is counted, and so shown by the scrape after that.
 */
final class StoreParts {

    /** Collections with a value of their own; metrics are not made for thousands. */
    static final int MOST = 20;

    static final String OTHERS = "(others)";

    private final MultiGauge documents;
    private final MultiGauge bytes;
    private final MultiGauge figures;

    StoreParts(MeterRegistry registry) {
        documents = gauge(registry, "mcp.store.collection.documents", "Documents in a collection");
        bytes = gauge(registry, "mcp.store.collection.bytes", "Bytes of the documents in a collection");
        figures = gauge(registry, "mcp.store.engine", "A figure of the storage engine's own");
    }

    /** Shows collections as they were just counted. */
    void count(List<CollectionInfo> collections, Map<String, Long> engine) {
        List<CollectionInfo> sorted = collections.stream()
                .sorted(Comparator.comparingLong(CollectionInfo::bytes)
                        .reversed()
                        .thenComparing(CollectionInfo::name))
                .toList();
        documents.register(rows(sorted, CollectionInfo::documents), true);
        bytes.register(rows(sorted, CollectionInfo::bytes), true);
        List<Row<?>> rows = new ArrayList<>();
        engine.forEach((name, value) -> rows.add(Row.of(Tags.of("figure", name), value)));
        figures.register(rows, true);
    }

    private static List<Row<?>> rows(List<CollectionInfo> sorted, ToLongFunction<CollectionInfo> value) {
        List<Row<?>> rows = new ArrayList<>();
        sorted.stream()
                .limit(MOST)
                .forEach(one -> rows.add(Row.of(Tags.of("collection", one.name()), value.applyAsLong(one))));
        if (sorted.size() > MOST) {
            long others = sorted.stream().skip(MOST).mapToLong(value).sum();
            rows.add(Row.of(Tags.of("collection", OTHERS), others));
        }
        return rows;
    }

    private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }
}
