package io.mcpserver.server;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.data.desk.DataDesk;
import io.mcpserver.storage.service.StoreService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the store and what operators do with it injectable, and closes it when the server ends. */
@ApplicationScoped
class StoreServiceProducer {

    @Produces
    @Singleton
    StoreService store(ServerConfig config) {
        return new StoreService(config);
    }

    @Produces
    @Singleton
    DataDesk desk(ServerConfig config, StoreService store) {
        return new DataDesk(config.storage(), store);
    }

    void close(@Disposes DataDesk desk) {
        desk.close();
    }

    void close(@Disposes StoreService store) {
        store.close();
    }
}
