package io.mcpserver.admin;

import io.mcpserver.storage.CollectionInfo;
import io.mcpserver.storage.index.IndexState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** How much the store holds, and how far the search index is behind it, as long as the store is open. */
final class StoreGauges {

    /** The collections are counted by a scan of the store, so the gauges of one scrape share it. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Supplier<Optional<List<CollectionInfo>>> collections;
    private final Supplier<Optional<IndexState>> index;
    private Optional<List<CollectionInfo>> counted = Optional.empty();
    private long countedAt;

    /** @param collections of the store; empty while it is not open */
    StoreGauges(Supplier<Optional<List<CollectionInfo>>> collections, Supplier<Optional<IndexState>> index) {
        this.collections = collections;
        this.index = index;
    }

    void register(MeterRegistry registry) {
        gauge(registry, "mcp.store.documents", "Documents in the store", one -> one.sum(CollectionInfo::documents));
        gauge(
                registry,
                "mcp.store.bytes",
                "Bytes of the documents in the store",
                one -> one.sum(CollectionInfo::bytes));
        gauge(registry, "mcp.index.behind", "Changes that the search index has not read yet", StoreGauges::behind);
    }

    private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<StoreGauges> value) {
        // Strongly held, or it would be collected: nobody else keeps this object.
        Gauge.builder(name, () -> value.applyAsDouble(this))
                .description(description)
                .register(registry);
    }

    private double sum(ToLongFunction<CollectionInfo> part) {
        return count().map(all -> (double) all.stream().mapToLong(part).sum()).orElse(Double.NaN);
    }

    private double behind() {
        return index.get()
                .map(state -> (double) Math.max(0, state.written() - state.read()))
                .orElse(Double.NaN);
    }

    private synchronized Optional<List<CollectionInfo>> count() {
        if (counted.isEmpty() || System.nanoTime() - countedAt > FRESH.toNanos()) {
            counted = collections.get();
            countedAt = System.nanoTime();
        }
        return counted;
    }
}
