package io.mcpserver.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.mcp.testing.RawHttp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service manager is told when the server listens and when it ends. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "Only systemd is told")
class ServiceManagerIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"%s/notify", "@mcp-server-test-%s"})
    void isToldThatTheServerListensAndThatItEnds(String place) throws Exception {
        // Not the test's folder: its name may be too long for a socket.
        Path folder = Files.createTempDirectory(Path.of("/tmp"), "notify");
        String name = place.formatted(place.startsWith("@") ? folder.getFileName() : folder);
        try (NotifySocket manager = new NotifySocket(name);
                RunningServer server = ServerLaunch.in(directory)
                        .measured()
                        .serving("http-stream")
                        .env("MCP_EMBEDDING_MODEL", "none")
                        .env("NOTIFY_SOCKET", name)
                        .start()) {
            assertThat(manager.next(PATIENCE)).isEqualTo("READY=1");
            assertThat(RawHttp.get(server.uri("/"), "/tools/list").send().status())
                    .isEqualTo(200);

            server.terminate();

            assertThat(manager.next(PATIENCE)).isEqualTo("STOPPING=1");
            assertThat(server.awaitExit(PATIENCE)).isZero();
            assertThat(server.stderr().text()).doesNotContain("service manager");
        } finally {
            Files.deleteIfExists(folder.resolve("notify"));
            Files.delete(folder);
        }
    }

    @Test
    void aManagerThatIsGoneIsNoReasonToFail() {
        try (RunningServer server = ServerLaunch.in(directory)
                .measured()
                .serving("http-stream")
                .env("MCP_EMBEDDING_MODEL", "none")
                .env("NOTIFY_SOCKET", "/nonexistent/notify")
                .startReady()) {
            server.stderr().awaitLine(line -> line.contains("/nonexistent/notify"), PATIENCE);
            assertThat(server.stop()).isZero();
        }
    }
}
