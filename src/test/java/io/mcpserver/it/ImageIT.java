package io.mcpserver.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.mcpserver.mcp.testing.McpMessages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The container image, hardened and within the limits of a small pod, with clients that others wrote. */
@Tag("side-by-side")
@Tag("system")
class ImageIT {

    private static final long LARGEST_ARCHIVE = 250_000_000;

    @TempDir
    Path directory;

    private final String name = "mcp-server-test-" + UUID.randomUUID();
    private Podman podman;

    @BeforeEach
    void anImage() {
        assumeThat(Podman.hasImage())
                .as("the build made no image; it does with -Pimage")
                .isTrue();
        podman = new Podman(directory).load();
        podman.output("volume", "create", name);
    }

    @AfterEach
    void noVolume() {
        if (podman != null) {
            podman.output("volume", "rm", "--force", name);
        }
    }

    @Test
    void itIsSmallAndSaysWhatItIs() throws Exception {
        assertThat(Files.size(Podman.ARCHIVE)).isLessThan(LARGEST_ARCHIVE);
        String known = podman.output(
                "inspect",
                "--format={{.Config.User}} {{.Config.Entrypoint}} {{.Config.WorkingDir}} {{.Config.ExposedPorts}} {{.Config.Labels}}",
                Podman.IMAGE);
        assertThat(known)
                .contains("10001:10001 [/app/bin/mcp-server] /app ", "8000", "org.opencontainers.image.version:0.1.0");
    }

    @Test
    void aListCanBeAskedForWithoutMore() {
        try (RunningContainer container = plain().overStdio()) {
            container.streams().send(McpMessages.LIST).closeInput();

            assertThat(container.awaitExit()).isZero();
            assertThat(container.streams().stdout().lines())
                    .singleElement()
                    .asString()
                    .contains("calculator_add");
            assertThat(container.streams().stderr().text()).isEmpty();
        }
    }

    @Test
    void theTrainedStartIsUsed() {
        try (RunningContainer container =
                plain().env("MCP_JAVA_OPTS", "-XX:AOTMode=on").serving("http-stream")) {
            assertThat(container.exec("/app/bin/healthy")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"legacy, " + ClientVisit.LEGACY, "pinned, " + ClientVisit.MODERN})
    void aClientStartsIt(String era, String revision) {
        List<String> command = launch().env("MCP_PERFORMANCE_REQUEST_TIMEOUT", "120")
                .removedAtItsEnd()
                .args("--transport", "stdio")
                .command();
        ClientVisit.starting(Podman.command(command), podman.environment())
                .era(era)
                .by("client-v2.mjs", directory)
                .spoke(revision)
                .listedCalledAndRead()
                .sawTheUpdate()
                .cancelled();
    }

    @ParameterizedTest
    @CsvSource({"http-stream, http, /mcp, client-v2.mjs", "sse, sse, /sse, client-v1.mjs"})
    void clientsReachIt(String transport, String clientTransport, String path, String client) {
        try (RunningContainer container =
                launch().env("MCP_PERFORMANCE_REQUEST_TIMEOUT", "120").serving(transport)) {
            ClientVisit visit = ClientVisit.to(clientTransport, container.uri(path));
            (client.equals("client-v2.mjs") ? visit.era("auto") : visit)
                    .by(client, directory)
                    .listedCalledAndRead()
                    .sawTheUpdate()
                    .cancelled();

            assertThat(container.stop()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/app/config.yaml", "/app/config/config.yaml"})
    void itFindsItsConfiguration(String path) throws Exception {
        Path folder = Files.createDirectory(directory.resolve("config"));
        Path file = folder.resolve("config.yaml");
        Files.writeString(file, "tools:\n  enabled: false\n");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        boolean alone = path.equals("/app/config.yaml");
        ContainerLaunch launch = alone ? plain().file(file, path) : plain().file(folder, "/app/config");
        try (RunningContainer container = launch.serving("http-stream")) {
            assertThat(container.streams().stdout().text()
                            + container.streams().stderr().text())
                    .contains("configuration: " + path);
        }
    }

    @Test
    void itCanBeLookedIntoFromWithin() {
        try (RunningContainer container = plain().serving("http-stream")) {
            assertThat(container.exec("/app/bin/mcp-server", "status")).contains("pid 1,", "/app/data", "512 MiB");
            assertThat(container.exec("/app/bin/mcp-server", "memory"))
                    .contains("of 512 MiB", "heap", "storage engine");
            assertThat(container.exec(
                            "/app/bin/mcp-server", "profile", "--duration", "2", "--output", "/app/data/report.html"))
                    .contains("/app/data/report.html");
            assertThat(container.inspect(".State.Running")).isEqualTo("true");
        }
    }

    @Test
    void whatWasSavedIsThereInTheNextContainerHoweverTheLastOneEnded() throws Exception {
        SavedDocuments documents = new SavedDocuments();
        try (RunningContainer container = plain().serving("http-stream")) {
            documents.saveUntilTheEnd(container.uri("/mcp"), 100, container::kill);
        }
        try (RunningContainer container = plain().serving("http-stream")) {
            documents.assertThere(container.uri("/mcp"));
            documents.saveUntilTheEnd(container.uri("/mcp"), 100, () -> assertThat(container.stop())
                    .isZero());
        }
        try (RunningContainer container = plain().serving("http-stream")) {
            documents.assertThere(container.uri("/mcp"));
        }
    }

    @Test
    void whatWasSavedIsThereThoughTheContainerRanOutOfMemory() throws Exception {
        SavedDocuments documents = new SavedDocuments();
        try (RunningContainer container = plain().serving("http-stream")) {
            container.preferAtTheEndOfMemory();
            documents.saveUntilTheEnd(container.uri("/mcp"), 100, () -> {
                exhaustMemory(container);
                // By SIGKILL, which nobody sent but the kernel; this engine does not say so itself.
                assertThat(container.awaitExit()).isEqualTo(137);
            });
        }
        try (RunningContainer container = plain().serving("http-stream")) {
            documents.assertThere(container.uri("/mcp"));
        }
    }

    /** A program beside the server takes more than there is. */
    private static void exhaustMemory(RunningContainer container) {
        try {
            container.exec("/app/runtime/bin/java", "-Xms450m", "-Xmx450m", "-XX:+AlwaysPreTouch", "-version");
        } catch (AssertionError ended) {
            // With the container, whose first program was the server.
        }
    }

    /** Without the embedding model, which takes time that most of these tests have no use for. */
    private ContainerLaunch plain() {
        return launch().env("MCP_EMBEDDING_MODEL", "none");
    }

    private ContainerLaunch launch() {
        return new ContainerLaunch(podman, name).volume(name, "/app/data");
    }
}
