package io.mcpserver.tool;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.storage.service.StoreService;
import io.quarkus.test.junit.QuarkusTestProfile;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A server over HTTP on a new, empty DuckDB store without a model, whose results may have 20 kB. */
public class ToolTestProfile implements QuarkusTestProfile {

    static final int MAX_RESULT_BYTES = 20_000;

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(Beans.class);
    }

    /** A configuration over a store in {@code data}. */
    public static ServerConfig config(Path data, String model, boolean toolsEnabled) {
        return config(data, model, toolsEnabled, Duration.ofMinutes(1));
    }

    /** A configuration over a store in {@code data}. */
    public static ServerConfig config(Path data, String model, boolean toolsEnabled, Duration requestTimeout) {
        return new ServerConfig(
                new ServerConfig.Server("test", "0", Optional.empty(), false),
                new ServerConfig.Transport(
                        ServerConfig.TransportType.HTTP_STREAM,
                        "localhost",
                        8000,
                        List.of(),
                        List.of(),
                        List.of(),
                        10_000_000,
                        Duration.ofDays(1)),
                new ServerConfig.Storage("duckdb", data, 256 << 20, 4),
                new ServerConfig.Tools(
                        toolsEnabled,
                        false,
                        List.of(),
                        MAX_RESULT_BYTES,
                        List.of("storage_delete"),
                        List.of("*"),
                        List.of(),
                        ServerConfig.Tools.Discovery.LIST,
                        false,
                        List.of(),
                        false),
                new ServerConfig.Logging(ServerConfig.Logging.Level.INFO, ServerConfig.Logging.Format.TEXT),
                new ServerConfig.Performance(100, requestTimeout, 2),
                new ServerConfig.Cache(false, Duration.ofSeconds(300), 1000, "memory", "redis://localhost:6379"),
                new ServerConfig.Database(1, 1, Duration.ofSeconds(1), Duration.ofSeconds(1)),
                Map.of(),
                new ServerConfig.Embedding(model),
                new ServerConfig.Security(Map.of(), Optional.empty()),
                new ServerConfig.Tracing(false, "http://localhost:4318", 1));
    }

    @Alternative
    @Singleton
    static class Beans {

        @Produces
        @Singleton
        @Alternative
        ServerConfig config() {
            return ToolTestProfile.config(folder(), "none", true);
        }

        @Produces
        @Singleton
        @Alternative
        StoreService stores(ServerConfig config) {
            return new StoreService(config);
        }

        void close(@Disposes StoreService stores) {
            stores.close();
        }

        private static Path folder() {
            try {
                return Files.createTempDirectory(Path.of("target"), "tools").toAbsolutePath();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
