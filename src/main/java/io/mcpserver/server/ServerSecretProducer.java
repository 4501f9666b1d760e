package io.mcpserver.server;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.security.ServerSecret;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the secret injectable; it is read, or made, when something is first sealed. */
@ApplicationScoped
class ServerSecretProducer {

    @Produces
    @Singleton
    ServerSecret secret(ServerConfig config) {
        return new ServerSecret(config);
    }
}
