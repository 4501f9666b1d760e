package io.mcpserver.server;

import io.mcpserver.config.ConfigLoader;
import io.mcpserver.config.ConfigRequest;
import io.mcpserver.config.ConfigSchema;
import io.mcpserver.config.LoadedConfig;
import io.mcpserver.config.ServerConfig;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The configuration of a server that a test starts in its own JVM: Streamable HTTP and a store that
 * is empty, unless a test profile says otherwise in the property {@value #YAML}.
 */
@Singleton
public class TestConfiguration {

    /** Holds the text of a {@code config.yaml}. */
    public static final String YAML = "test.config-yaml";

    private static final String DEFAULT = "transport: {type: http-stream}\nembedding: {model: none}\n";

    @Produces
    @Singleton
    @Alternative
    @Priority(1)
    ServerConfig config(@ConfigProperty(name = YAML, defaultValue = DEFAULT) String yaml) throws IOException {
        Path directory = Files.createTempDirectory("mcp-server-test");
        Files.writeString(directory.resolve("config.yaml"), yaml);
        LoadedConfig loaded = new ConfigLoader(ConfigSchema.load())
                .load(new ConfigRequest(
                        Optional.of("config.yaml"),
                        List.of(),
                        Map.of("MCP_STORAGE_PATH", directory.resolve("data").toString()),
                        directory,
                        directory));
        return loaded.valid().orElseThrow(() -> new IllegalStateException(loaded.problems().toString()));
    }
}
