package io.mcpserver.server;

import io.mcpserver.config.LiveConfig;
import io.mcpserver.storage.service.StoreService;
import io.mcpserver.tool.catalog.ToolCatalog;
import io.mcpserver.tool.discovery.FolderSurroundings;
import io.mcpserver.tool.discovery.SharedParts;
import io.mcpserver.tool.discovery.ToolDiscovery;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the discovery of tool files, and what their tools share, injectable; gives both back when the server ends. */
@ApplicationScoped
class ToolFilesProducer {

    @Produces
    @Singleton
    SharedParts shared() {
        return new SharedParts();
    }

    @Produces
    @Singleton
    ToolDiscovery discovery(LiveConfig config, Instance<StoreService> stores, SharedParts shared, ToolCatalog catalog) {
        return new ToolDiscovery(
                config::now,
                folder -> new FolderSurroundings(
                        folder, config::now, () -> stores.get().store(), shared),
                new CatalogOutlet(catalog));
    }

    void close(@Disposes ToolDiscovery discovery) {
        discovery.close();
    }

    void close(@Disposes SharedParts shared) {
        shared.close();
    }
}
