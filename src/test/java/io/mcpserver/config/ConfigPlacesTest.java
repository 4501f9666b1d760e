package io.mcpserver.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigPlacesTest {

    @TempDir
    Path home;

    @TempDir
    Path directory;

    @Test
    void dataIsInTheUsersFolderOfEachSystem() {
        assertThat(places("Linux", Map.of()).userData()).isEqualTo(home.resolve(".local/share/mcp-server"));
        assertThat(places("Linux", Map.of("XDG_DATA_HOME", "/d")).userData()).isEqualTo(Path.of("/d/mcp-server"));
        assertThat(places("Linux", Map.of("XDG_DATA_HOME", "relative")).userData())
                .isEqualTo(home.resolve(".local/share/mcp-server"));
        assertThat(places("Mac OS X", Map.of()).userData())
                .isEqualTo(home.resolve("Library/Application Support/mcp-server"));
        assertThat(places("Windows 11", Map.of("LOCALAPPDATA", "/l")).userData())
                .isEqualTo(Path.of("/l/mcp-server"));
    }

    @Test
    void dataOfAUserWithoutAHomeIsInTheCurrentDirectory() {
        for (String none : List.of("/", "?", home.resolve("absent").toString())) {
            ConfigPlaces places = new ConfigPlaces(request(Map.of(), Path.of(none)), "Linux");
            assertThat(places.userData()).isEqualTo(directory.resolve("data"));
        }
    }

    @Test
    void configurationIsInTheUsersFolderOfEachSystem() {
        assertThat(places("Linux", Map.of()).userConfig()).isEqualTo(home.resolve(".config/mcp-server"));
        assertThat(places("Linux", Map.of("XDG_CONFIG_HOME", "/c")).userConfig())
                .isEqualTo(Path.of("/c/mcp-server"));
        assertThat(places("Mac OS X", Map.of()).userConfig())
                .isEqualTo(home.resolve("Library/Application Support/mcp-server"));
        assertThat(places("Windows 11", Map.of()).userConfig()).isEqualTo(home.resolve("AppData/Roaming/mcp-server"));
    }

    @Test
    void theCurrentDirectorysFileWinsOverTheUsers() throws IOException {
        assertThat(places("Linux", Map.of()).file()).isEmpty();
        Path users = Files.createDirectories(home.resolve(".config/mcp-server")).resolve("config.yaml");
        Files.createFile(users);
        assertThat(places("Linux", Map.of()).file())
                .hasValueSatisfying(place -> assertThat(place.source()).isEqualTo(users.toString()));
        Files.createFile(Files.createDirectory(directory.resolve("config")).resolve("config.yaml"));
        assertThat(places("Linux", Map.of()).file())
                .hasValueSatisfying(place -> assertThat(place.source()).isEqualTo("config/config.yaml"));
        Files.createFile(directory.resolve("config.yaml"));
        assertThat(places("Linux", Map.of()).file())
                .hasValueSatisfying(place -> assertThat(place.source()).isEqualTo("config.yaml"));
        assertThat(places("Linux", Map.of("MCP_CONFIG_PATH", "x.yaml")).file())
                .hasValueSatisfying(place -> assertThat(place.source()).isEqualTo("x.yaml"));
    }

    private ConfigPlaces places(String system, Map<String, String> environment) {
        return new ConfigPlaces(request(environment, home), system);
    }

    private ConfigRequest request(Map<String, String> environment, Path home) {
        return new ConfigRequest(Optional.empty(), List.of(), environment, directory, home);
    }
}
