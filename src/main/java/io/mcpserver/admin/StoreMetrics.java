package io.mcpserver.admin;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.config.ServerConfig.TransportType;
import io.mcpserver.storage.service.StoreService;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;

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
        if (config.transport().type() != TransportType.STDIO) {
            new StoreGauges(() -> stores.get().opened().map(store -> store.collections()), () -> stores.get()
                            .index())
                    .register(registry.get());
        }
    }
}
