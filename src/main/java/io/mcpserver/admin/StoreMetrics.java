package io.mcpserver.admin;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.config.ServerConfig.TransportType;
import io.mcpserver.storage.CollectionInfo;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.service.DiskUse;
import io.mcpserver.storage.service.Engines;
import io.mcpserver.storage.service.StoreService;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** Adds what the store holds to the metrics of a server that shows them. */
@Singleton
class StoreMetrics {

    private final Instance<StoreService> stores;
    private final Instance<MeterRegistry> registry;

    StoreMetrics(Instance<StoreService> stores, Instance<MeterRegistry> registry) {
        this.stores = stores;
        this.registry = registry;
    }

    void register(@Observes StartupEvent event, ServerConfig config) {
        if (config.transport().type() == TransportType.STDIO) {
            return;
        }
        StoreParts parts = new StoreParts(registry.get());
        new StoreGauges(() -> stores.get().opened().map(store -> count(store, parts)), () -> stores.get()
                        .index())
                .register(registry.get());
        Path data = config.storage().path();
        disk("record", () -> DiskUse.of(data).record());
        disk("index", () -> DiskUse.of(data).index());
        if (config.storage().history().isPositive()) {
            history(config.storage());
        }
    }

    private static List<CollectionInfo> count(DocumentStore store, StoreParts parts) {
        List<CollectionInfo> collections = store.collections();
        parts.count(collections, store.figures());
        return collections;
    }

    private void history(ServerConfig.Storage storage) {
        Gauge.builder("mcp.store.history.seconds", () -> Engines.find(storage.type()).keptStates(storage).stream()
                        .findFirst()
                        .map(oldest -> Duration.between(oldest, Instant.now()).toSeconds())
                        .orElse(0L))
                .description("How far the states that are kept from before reach back")
                .register(registry.get());
    }

    private void disk(String part, Supplier<Number> bytes) {
        Gauge.builder("mcp.store.disk.bytes", bytes)
                .description("Bytes of files in the data folder")
                .tag("part", part)
                .register(registry.get());
    }
}
