package io.mcpserver.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.mcpserver.mcp.testing.McpMessages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code docker} and of compose, as the documentation gives them, on the engine's Docker socket. */
@Tag("system")
class DockerIT {

    private static final Path ROOT = Path.of("").toAbsolutePath();
    private static final String PROJECT = "mcp" + UUID.randomUUID().toString().substring(0, 8);

    @TempDir
    Path directory;

    private final int port = ServerLaunch.freePort();
    private Podman podman;
    private Process engine;
    private Map<String, String> environment;

    @BeforeEach
    void anEngineWithTheImage() {
        assumeThat(Podman.hasImage())
                .as("the build made no image; it does with -Pimage")
                .isTrue();
        podman = new Podman(directory).load();
        String socket = "unix://" + directory.resolve("engine.sock");
        engine = podman.start(List.of("system", "service", "--time=0", socket));
        environment = Map.of("DOCKER_HOST", socket, "DOCKER_BUILDKIT", "0", "MCP_HOST_PORT", Integer.toString(port));
        Awaitility.await().until(() -> Files.exists(directory.resolve("engine.sock")));
    }

    @AfterEach
    void noEngine() throws InterruptedException {
        if (engine != null) {
            compose("down", "--volumes");
            engine.destroy();
            assertThat(engine.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aClientRunsItOverStandardStreams() {
        Process process = start(List.of(
                "docker",
                "run",
                "-i",
                "--rm",
                "-v",
                ROOT.resolve("config.yaml") + ":/app/config.yaml",
                "mcp-server:latest",
                "--transport",
                "stdio"));
        try (RunningServer container = new RunningServer(process, 0)) {
            container.send(McpMessages.LIST).closeInput();

            assertThat(container.awaitExit(Duration.ofMinutes(1))).isZero();
            assertThat(container.stdout().text()).contains("calculator_add");
        }
    }

    @Test
    void composeBringsItUpAndDownAndKeepsItsData() throws Exception {
        SavedDocuments documents = new SavedDocuments();
        for (int round = 0; round < 2; round++) {
            compose("up", "-d");
            try (RunningServer server = new RunningServer(start(composed("logs", "--follow")), port)) {
                server.awaitReady(Duration.ofMinutes(1));
                documents.assertThere(server.uri("/mcp"));
                documents.saveUntilTheEnd(server.uri("/mcp"), 20, () -> compose("down"));
                assertThat(server.stdout().text()).contains("configuration: /app/config.yaml");
            }
        }
        assertThat(documents.count()).isGreaterThanOrEqualTo(40);
    }

    private void compose(String... arguments) {
        try (RunningServer command = new RunningServer(start(composed(arguments)), 0)) {
            assertThat(command.awaitExit(Duration.ofMinutes(2)))
                    .as(command.stdout().text() + command.stderr().text())
                    .isZero();
        }
    }

    private static List<String> composed(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "docker-compose",
                "--project-name",
                PROJECT,
                "--file",
                ROOT.resolve("docker-compose.yml").toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private Process start(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(ROOT.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("MCP_"));
        builder.environment().putAll(podman.environment());
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
