package io.mcpserver.tool.discovery;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.config.TestConfigs;
import io.mcpserver.tool.ToolTestProfile;
import io.mcpserver.tool.declarative.TestSurroundings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A discovery over a folder of {@link TextFiles}. */
abstract class DiscoveryFixture {

    @TempDir
    Path temporary;

    final TextFiles format = new TextFiles();
    final Shelf shelf = new Shelf();
    Path tools;
    boolean discovers = true;
    boolean testsFirst;
    ToolDiscovery discovery;

    @BeforeEach
    void open() throws IOException {
        tools = Files.createDirectory(temporary.resolve("tools"));
        discovery = new ToolDiscovery(this::config, List.of(format), TestSurroundings::in, shelf);
    }

    @AfterEach
    void close() {
        discovery.close();
    }

    final Path write(String name, String text) {
        try {
            return Files.writeString(tools.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    final ServerConfig config() {
        return TestConfigs.with(
                ToolTestProfile.config(temporary.resolve("data"), "none", true, Duration.ofSeconds(10)),
                "tools.auto_discover=" + discovers,
                "tools.directories=" + tools,
                "tools.test_before_reload=" + testsFirst);
    }
}
