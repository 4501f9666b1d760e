package io.mcpserver.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.mcp.testing.HttpTalk;
import io.mcpserver.mcp.testing.McpMessages;
import io.mcpserver.mcp.testing.RawHttp;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Sessions belong to no process: whoever has the secret serves them. */
@Tag("side-by-side")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "these tests start the launcher of sh")
class SharedSessionsIT {

    private static final String SECRET = "one secret for two processes, 32+";
    private static final JsonObject NOTHING = new JsonObject();

    @TempDir
    Path directory;

    @Test
    void aSessionOutlivesTheProcessThatBeganIt() throws Exception {
        try (RunningServer first = launch("first", SECRET);
                RunningServer second = launch("second", SECRET)) {
            try (HttpTalk here = HttpTalk.inSession(first.uri("/"), null, NOTHING);
                    HttpTalk there = HttpTalk.resuming(second.uri("/"), null, here.session())) {
                assertAdds(here);
                assertAdds(there);

                first.kill();

                assertAdds(there);
                there.listen();
                assertThat(there.ask("resources/subscribe", new JsonObject().put("uri", "storage://notes/a"))
                                .getJsonObject("result"))
                        .isEmpty();
                there.call(
                        "storage_save",
                        new JsonObject("{\"collection\":\"notes\",\"documents\":[{\"id\":\"a\",\"content\":{}}]}"));
                assertThat(there.told("notifications/resources/updated")
                                .getJsonObject("params")
                                .getString("uri"))
                        .isEqualTo("storage://notes/a");
            }
        }
    }

    @Test
    void aSessionOutlivesARestartByTheSecretInTheDataFolder() throws Exception {
        String session;
        try (RunningServer server = launch("data", null);
                HttpTalk talk = HttpTalk.inSession(server.uri("/"), null, NOTHING)) {
            session = talk.session();
            server.kill();
        }
        try (RunningServer server = launch("data", null);
                HttpTalk talk = HttpTalk.resuming(server.uri("/"), null, session)) {
            assertAdds(talk);
        }
    }

    @Test
    void anotherSecretFindsNoSession() throws Exception {
        try (RunningServer first = launch("first", SECRET);
                RunningServer second = launch("second", SECRET + "!")) {
            String session = McpMessages.beginSession(first.uri("/"));

            assertThat(RawHttp.post(second.uri("/"), "/mcp", McpMessages.PING)
                            .header("Mcp-Session-Id", session)
                            .send()
                            .status())
                    .isEqualTo(404);
        }
    }

    private static void assertAdds(HttpTalk talk) {
        JsonObject answer =
                talk.call("calculator_add", new JsonObject().put("a", 1).put("b", 2));
        assertThat(answer.getJsonObject("result").getBoolean("isError"))
                .as(answer.encode())
                .isFalse();
    }

    private RunningServer launch(String name, String secret) throws IOException {
        return ServerLaunch.in(Files.createDirectories(directory.resolve(name)))
                .serving("http-stream")
                .env("MCP_EMBEDDING_MODEL", "none")
                .env("MCP_SECURITY_SECRET", secret)
                .startReady();
    }
}
