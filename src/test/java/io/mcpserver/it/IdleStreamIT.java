package io.mcpserver.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.mcp.testing.HttpTalk;
import io.mcpserver.mcp.testing.OpenPost;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A stream on which nothing is said outlives every time-out between; only with {@code -Dtest.slow=true}. */
@EnabledIfSystemProperty(named = "test.slow", matches = "true", disabledReason = "It takes minutes: -Dtest.slow=true")
class IdleStreamIT {

    private static final Duration IDLE = Duration.ofMinutes(3);
    private static final int COMMENT_SECONDS = 15;

    @TempDir
    Path directory;

    @Test
    void aStreamThatIsIdleForThreeMinutesStillCarriesAnEvent() throws Exception {
        try (RunningServer server = ServerLaunch.in(directory)
                        .serving("http-stream")
                        .env("MCP_EMBEDDING_MODEL", "none")
                        .startReady();
                TlsProxy proxy = TlsProxy.start(directory.resolve("nginx"), server.port());
                HttpTalk talk = HttpTalk.inSession(proxy.uri("/"), null, new JsonObject())) {
            OpenPost stream = talk.listen();
            talk.ask("resources/subscribe", new JsonObject().put("uri", "storage://notes/a"));

            Thread.sleep(IDLE);

            assertThat(stream.comments()).isGreaterThanOrEqualTo((int) IDLE.toSeconds() / COMMENT_SECONDS - 1);
            talk.call("storage_save", new JsonObject("""
                    {"collection": "notes", "documents": [{"id": "a", "content": {}}]}"""));
            assertThat(talk.told("notifications/resources/updated").encode()).contains("storage://notes/a");
            System.out.printf("idle for %d s, %d comments%n", IDLE.toSeconds(), stream.comments());
        }
    }
}
