package io.mcpserver.admin;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.config.ServerConfig.TransportType;
import io.mcpserver.storage.CollectionInfo;
import io.mcpserver.storage.service.StoreService;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.function.ToLongFunction;

/** How much the store holds, as long as it is open. */
@Singleton
class StoreMetrics {

    private final Instance<StoreService> stores;
    private final Instance<MeterRegistry> registry;

    StoreMetrics(Instance<StoreService> stores, Instance<MeterRegistry> registry) {
        this.stores = stores;
        this.registry = registry;
    }

    void register(@Observes StartupEvent event, ServerConfig config) {
        if (config.transport().type() != TransportType.STDIO) {
            gauge("mcp.store.documents", "Documents in the store", CollectionInfo::documents);
            gauge("mcp.store.bytes", "Bytes of the documents in the store", CollectionInfo::bytes);
        }
    }

    private void gauge(String name, String description, ToLongFunction<CollectionInfo> part) {
        Gauge.builder(name, () -> sum(stores.get(), part))
                .description(description)
                .register(registry.get());
    }

    private static double sum(StoreService stores, ToLongFunction<CollectionInfo> part) {
        return stores.opened()
                .map(store ->
                        (double) store.collections().stream().mapToLong(part).sum())
                .orElse(Double.NaN);
    }
}
