package io.mcpserver.server;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.storage.service.StoreService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the store injectable, and closes it when the server ends. */
@ApplicationScoped
class StoreServiceProducer {

    @Produces
    @Singleton
    StoreService store(ServerConfig config) {
        return new StoreService(config);
    }

    void close(@Disposes StoreService store) {
        store.close();
    }
}
