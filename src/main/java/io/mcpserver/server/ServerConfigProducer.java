package io.mcpserver.server;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.config.ServerConfig.TransportType;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

@Singleton
class ServerConfigProducer {

    @Produces
    @Singleton
    ServerConfig config(
            @ConfigProperty(name = "mcp.type", defaultValue = "HTTP_STREAM") TransportType type,
            @ConfigProperty(name = "mcp.host", defaultValue = "localhost") String host,
            @ConfigProperty(name = "mcp.keys") Optional<String> key) {
        return new ServerConfig(
                new ServerConfig.Server("mcp-server", "0.1.0", Optional.empty()),
                new ServerConfig.Transport(type, host, 8000, List.of(), List.of(), 10_000_000),
                new ServerConfig.Storage("duckdb", Path.of("data"), 1 << 30, 10),
                new ServerConfig.Tools(true, true, List.of(), 100_000),
                new ServerConfig.Logging(ServerConfig.Logging.Level.INFO, ServerConfig.Logging.Format.TEXT),
                new ServerConfig.Performance(1000, Duration.ofSeconds(30), 4),
                new ServerConfig.Cache(false, Duration.ofSeconds(300), 1000, "memory"),
                new ServerConfig.Database(1, 1, Duration.ofSeconds(1), Duration.ofSeconds(1)),
                new ServerConfig.Embedding("none"),
                new ServerConfig.Security(key.map(k -> Map.of("test", k)).orElse(Map.of())));
    }
}
