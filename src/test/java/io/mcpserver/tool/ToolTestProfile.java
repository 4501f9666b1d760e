package io.mcpserver.tool;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.config.TestConfigs;
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
        ServerConfig config = TestConfigs.of(
                "server.watch_config=false",
                "transport.type=http-stream",
                "storage.type=duckdb",
                "storage.path=" + data,
                "storage.cache_size=256MiB",
                "storage.connection_pool_size=4",
                "tools.enabled=" + toolsEnabled,
                "tools.auto_discover=false",
                "tools.directories=",
                "tools.max_result_bytes=" + MAX_RESULT_BYTES,
                "performance.worker_processes=2",
                "cache.enabled=false",
                "database.pool_size=1",
                "database.max_overflow=1",
                "database.pool_timeout=1",
                "database.pool_recycle=1",
                "embedding.model=" + model);
        return TestConfigs.replacing(config, "performance.request_timeout", requestTimeout);
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
