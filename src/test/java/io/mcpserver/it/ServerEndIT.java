package io.mcpserver.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.mcp.testing.McpMessages;
import io.mcpserver.mcp.testing.RawHttp;
import io.mcpserver.mcp.testing.RawHttp.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** How a server on the network ends. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no signals that a process can be asked to end by")
class ServerEndIT {

    private static final Duration TEN_SECONDS_AND_A_MARGIN = Duration.ofSeconds(12);

    @TempDir
    Path directory;

    @Test
    void sigtermAnswersTheCallsInFlightClosesTheStreamsAndExitsWithZero() throws Exception {
        try (RunningServer server =
                ServerLaunch.in(directory).serving("http-stream").startReady()) {
            URI uri = server.uri("/");
            String session = McpMessages.beginSession(uri);
            try (Socket listener = RawHttp.get(uri, "/stream").open()) {
                assertThat(listener.getInputStream().read()).isNotNegative();
                CompletableFuture<Reply> call = CompletableFuture.supplyAsync(
                        () -> RawHttp.post(uri, "/mcp", McpMessages.call(5, "storage_save", documents(20)))
                                .header("Mcp-Session-Id", session)
                                .send());
                awaitCall(uri);

                server.terminate();

                assertThat(server.awaitExit(TEN_SECONDS_AND_A_MARGIN)).isZero();
                JsonObject answer = new JsonObject(call.get().body());
                assertThat(answer.getInteger("id")).isEqualTo(5);
                assertThat(answer.containsKey("result")).isTrue();
                String rest = new String(listener.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                assertThat(rest).endsWith("0\r\n\r\n");
            }
        }
    }

    @Test
    void sigtermIsObeyedWhileTheConfigurationIsBeingRead() throws Exception {
        Path configuration = directory.resolve("config.yaml");
        new ProcessBuilder("mkfifo", configuration.toString()).start().waitFor();
        try (RunningServer server = ServerLaunch.in(directory)
                .args("--config", configuration.toString())
                .start()) {
            try (OutputStream opened = Files.newOutputStream(configuration)) {
                opened.write("server: {".getBytes(StandardCharsets.UTF_8));

                server.terminate();

                assertThat(server.awaitExit(TEN_SECONDS_AND_A_MARGIN)).isZero();
            }
        }
    }

    @Test
    void sigtermEndsAServerWhoseClientReadsNothing() throws Exception {
        Process server = ServerLaunch.in(directory).startUnread();
        try {
            byte[] list = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}\n".getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 200; i++) {
                server.getOutputStream().write(list);
            }
            server.getOutputStream().close();
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> server.getInputStream().available() > 60_000);

            server.toHandle().destroy();

            assertThat(server.waitFor(TEN_SECONDS_AND_A_MARGIN)).isTrue();
            assertThat(server.exitValue()).isZero();
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    void sighupReloadsAndEndsNothing() throws Exception {
        try (RunningServer server = ServerLaunch.in(directory).serving("sse").startReady()) {
            server.signal("HUP");

            server.stderr().awaitLine(line -> line.contains("SIGHUP"), Duration.ofSeconds(20));
            assertThat(RawHttp.get(server.uri("/"), "/tools/list").send().status())
                    .isEqualTo(200);
            assertThat(server.stop()).isZero();
        }
    }

    private static void awaitCall(URI uri) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .until(() -> RawHttp.get(uri, "/q/metrics").send().body().contains("mcp_calls_open 1.0"));
    }

    private static JsonObject documents(int count) {
        JsonArray documents = new JsonArray();
        for (int i = 0; i < count; i++) {
            documents.add(new JsonObject()
                    .put(
                            "content",
                            new JsonObject().put("text", "The answer to question " + i + " is somewhere else.")));
        }
        return new JsonObject().put("collection", "notes").put("documents", documents);
    }
}
