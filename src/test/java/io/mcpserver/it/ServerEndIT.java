package io.mcpserver.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.mcp.testing.McpMessages;
import io.mcpserver.mcp.testing.RawHttp;
import io.mcpserver.mcp.testing.RawHttp.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** How a server on the network ends. */
@DisabledOnOs(OS.WINDOWS)
class ServerEndIT {

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

                assertThat(server.awaitExit(Duration.ofSeconds(20))).isZero();
                JsonObject answer = new JsonObject(call.get().body());
                assertThat(answer.getInteger("id")).isEqualTo(5);
                assertThat(answer.containsKey("result")).isTrue();
                String rest = new String(listener.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                assertThat(rest).endsWith("0\r\n\r\n");
            }
        }
    }

    @Test
    void sighupIsSurvived() throws Exception {
        try (RunningServer server = ServerLaunch.in(directory).serving("sse").startReady()) {
            new ProcessBuilder("kill", "-HUP", Long.toString(server.pid()))
                    .start()
                    .waitFor();

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
