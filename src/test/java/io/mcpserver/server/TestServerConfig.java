package io.mcpserver.server;

import io.mcpserver.config.ConfigLoader;
import io.mcpserver.config.ConfigRequest;
import io.mcpserver.config.ConfigSchema;
import io.mcpserver.config.FlagValue;
import io.mcpserver.config.LiveConfig;
import io.mcpserver.config.LoadedConfig;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.config.reload.ReloadStep;
import io.mcpserver.config.reload.Reloader;
import io.quarkus.arc.All;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The configuration of tests with {@code @QuarkusTest}, where no command line runs: the defaults over Streamable HTTP,
 * with a data folder of their own under {@code target}, of the engine duckdb.
 *
 * <p>A test sets a key by the property {@code mcp.<section>.<key>}, in the form of an environment variable:
 *
 * <pre>{@code
 * public static class WithoutTools implements QuarkusTestProfile {
 *     public Map<String, String> getConfigOverrides() {
 *         return Map.of("mcp.tools.enabled", "false");
 *     }
 * }
 * }</pre>
 *
 * Quarkus's own keys are not derived from these; a test of them sets {@code quarkus.…} itself or runs the program.
 */
@Alternative
@Priority(1)
@ApplicationScoped
public class TestServerConfig {

    private ConfigRequest request;
    private LoadedConfig loaded;

    @PostConstruct
    void load() throws IOException {
        ConfigSchema schema = ConfigSchema.load();
        Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "test-server");
        Files.createFile(folder.resolve("config.yaml"));
        List<FlagValue> values = new ArrayList<>();
        values.add(new FlagValue("test", "transport.type", "http-stream"));
        // Quick to open in every class loader that a profile brings, and there on every system.
        values.add(new FlagValue("test", "storage.type", "duckdb"));
        values.add(new FlagValue("test", "storage.path", folder.resolve("data").toString()));
        Config properties = ConfigProvider.getConfig();
        schema.keys().forEach(key -> properties
                .getOptionalValue("mcp." + key.path(), String.class)
                .ifPresent(text -> values.add(new FlagValue("mcp." + key.path(), key.path(), text))));
        request = new ConfigRequest(Optional.empty(), values, Map.of(), folder, folder);
        loaded = new ConfigLoader(schema).load(request);
    }

    @Produces
    @Singleton
    ServerConfig config() {
        return loaded.valid()
                .orElseThrow(() -> new IllegalStateException(loaded.problems().toString()));
    }

    /** Reads {@code config.yaml} beside the data folder, which a test may write. */
    @Produces
    @Singleton
    Reloader reloader(LiveConfig live, @All List<ReloadStep> steps) {
        return new Reloader(live, request, loaded, false, steps);
    }
}
