package io.mcpserver.server;

import io.mcpserver.config.LoadedConfig;
import io.mcpserver.config.ServerConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the configuration injectable. */
@ApplicationScoped
public class ServerConfigProducer {

    /** The configuration that the command line loaded; tests replace this bean. */
    @Produces
    @Singleton
    ServerConfig config() {
        return ActiveConfig.get()
                .flatMap(LoadedConfig::valid)
                .orElseThrow(() -> new IllegalStateException("The server was not started by its command line."));
    }
}
