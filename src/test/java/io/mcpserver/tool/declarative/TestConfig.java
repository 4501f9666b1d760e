package io.mcpserver.tool.declarative;

import io.mcpserver.config.ConfigLoader;
import io.mcpserver.config.ConfigRequest;
import io.mcpserver.config.ConfigSchema;
import io.mcpserver.config.LoadedConfig;
import io.mcpserver.config.ServerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Configurations of tests, read as the program reads them. */
public final class TestConfig {

    private TestConfig() {}

    /** The configuration that a text describes, as if it stood in {@code config.yaml} of a folder. */
    public static ServerConfig of(Path folder, String yaml) {
        try {
            Files.writeString(folder.resolve("config.yaml"), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        LoadedConfig loaded = new ConfigLoader(ConfigSchema.load())
                .load(new ConfigRequest(Optional.of("config.yaml"), List.of(), Map.of(), folder, folder));
        return loaded.valid().orElseThrow(() -> new AssertionError(loaded.problems()));
    }
}
