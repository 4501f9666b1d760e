package io.mcpserver.server;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.data.desk.DataDesk;
import io.mcpserver.storage.service.StoreService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Makes the store and what operators do with it injectable, and closes it when the server ends. */
@ApplicationScoped
class StoreServiceProducer {

    /** How long a call waits for a command, such as an import, that has the store; less than a call may take. */
    private static final Duration COMMAND_LIMIT = Duration.ofSeconds(10);

    @Produces
    @Singleton
    StoreService store(ServerConfig config, DataFolder folder) {
        return new StoreService(config, folder::own, COMMAND_LIMIT);
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
