package io.mcpserver.it;

import static io.mcpserver.mcp.testing.StatelessMessages.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.mcp.testing.OpenPost;
import io.mcpserver.mcp.testing.StatelessMessages;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A client that listens to changes is told by an answer that the server ends. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no signals that a process can be asked to end by")
class SubscriptionEndIT {

    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    private static final JsonObject LISTEN = StatelessMessages.request(
            "s",
            "subscriptions/listen",
            new JsonObject().put("notifications", new JsonObject().put("toolsListChanged", true)));

    @TempDir
    Path directory;

    @Test
    void overHttpAtSigterm() {
        List<JsonObject> heard = new CopyOnWriteArrayList<>();
        try (RunningServer server = ServerLaunch.in(directory)
                        .serving("http-stream")
                        .env("MCP_EMBEDDING_MODEL", "none")
                        .startReady();
                OpenPost stream = new OpenPost(post(server.uri("/"), LISTEN), heard::add)) {
            Awaitility.await().until(() -> heard.size() == 1);

            assertThat(server.stop()).isZero();

            stream.awaitEnd();
            assertAnswered(heard.getLast());
        }
    }

    @Test
    void overStdioAtTheEndOfInput() {
        try (RunningServer server = ServerLaunch.in(directory).start()) {
            server.send(LISTEN.encode());
            server.stdout().awaitLine(line -> line.contains("acknowledged"), A_MINUTE);

            server.closeInput();

            assertThat(server.awaitExit(A_MINUTE)).isZero();
            assertTakenBackAndAnswered(server.stdout().lines());
        }
    }

    @Test
    void overStdioAtSigterm() {
        try (RunningServer server = ServerLaunch.in(directory).start()) {
            server.send(LISTEN.encode());
            server.stdout().awaitLine(line -> line.contains("acknowledged"), A_MINUTE);

            assertThat(server.stop()).isZero();

            assertTakenBackAndAnswered(server.stdout().lines());
        }
    }

    /** The specification has a server tell by a cancellation, on a stream that all requests share. */
    private static void assertTakenBackAndAnswered(List<String> lines) {
        JsonObject cancelled = new JsonObject(lines.get(lines.size() - 2));
        assertThat(cancelled.getString("method")).isEqualTo("notifications/cancelled");
        assertThat(cancelled.getJsonObject("params").getString("requestId")).isEqualTo("s");
        assertAnswered(new JsonObject(lines.getLast()));
    }

    private static void assertAnswered(JsonObject answer) {
        assertThat(answer.getString("id")).isEqualTo("s");
        assertThat(answer.getJsonObject("result").getString("resultType")).isEqualTo("complete");
    }
}
