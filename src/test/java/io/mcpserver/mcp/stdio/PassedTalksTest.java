package io.mcpserver.mcp.stdio;

import static io.mcpserver.mcp.testing.McpMessages.PING;
import static io.mcpserver.mcp.testing.McpMessages.call;
import static io.mcpserver.mcp.testing.McpMessages.sleep;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.mcp.share.Passage;
import io.mcpserver.mcp.testing.Profiles;
import io.mcpserver.mcp.testing.StatelessMessages;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an owner makes of the lines of a process that passes on, and how it takes its leave of it. */
@QuarkusTest
@TestProfile(Profiles.Http.class)
class PassedTalksTest {

    private static final JsonObject SAVE = new JsonObject()
            .put("collection", "passed")
            .put(
                    "documents",
                    new JsonArray().add(new JsonObject().put("id", "a").put("content", new JsonObject())));
    private static final JsonObject LOAD =
            new JsonObject().put("collection", "passed").put("ids", new JsonArray().add("a"));
    private static final JsonObject NONE =
            new JsonObject().put("collection", "passed").put("ids", new JsonArray().add("never was"));

    @Inject
    PassedTalks talks;

    private Passage passage;
    private BufferedReader heard;

    @BeforeEach
    void comeIn() throws IOException {
        passage = PassedTalk.passage();
        heard = new BufferedReader(new InputStreamReader(passage.link().in(), StandardCharsets.UTF_8));
    }

    @AfterEach
    void leave() {
        passage.link().close();
        Awaitility.await().until(() -> talks.count() == 0);
    }

    @Test
    void aCallThatMayHaveBeenCarriedOutIsNotRunAgainUnlessItsToolIsSafe() throws IOException {
        say("!" + call(1, "storage_save", SAVE));
        JsonObject error = hears().getJsonObject("result")
                .getJsonObject("structuredContent")
                .getJsonObject("error");
        assertThat(error.getString("code")).isEqualTo("OUTCOME_UNKNOWN");
        assertThat(error.getString("message")).contains("storage_save", "may or may not");

        say("!" + call(2, "storage_load", LOAD));
        assertThat(hears().getJsonObject("result")
                        .getJsonObject("structuredContent")
                        .getJsonArray("missing"))
                .containsExactly("a");
        say("!" + call(3, "storage_delete", NONE));
        assertThat(hears().getJsonObject("result").getBoolean("isError")).isFalse();
    }

    @Test
    void theRevisionWithoutSessionsIsToldInItsOwnWords() throws IOException {
        say("!" + StatelessMessages.call(1, "storage_save", SAVE).encode());

        JsonObject result = hears().getJsonObject("result");
        assertThat(result.getString("resultType")).isEqualTo("complete");
        assertThat(result.encode()).contains("OUTCOME_UNKNOWN");
    }

    @Test
    void anOwnerThatEndsAnswersWhatItHasTakenAndSaysHowMuchThatWas() throws IOException {
        // The last one is answered, so that all are taken.
        say("", "nonsense", sleep("slow", 300), PING);
        assertThat(heard.readLine()).isEqualTo(".refused 2");
        hears();
        hears();

        talks.handOver(Duration.ofSeconds(20));

        List<String> last = new ArrayList<>();
        heard.lines().forEach(last::add);
        assertThat(last).hasSize(2);
        assertThat(new JsonObject(last.getFirst()).getString("id")).isEqualTo("slow");
        assertThat(last.getLast()).isEqualTo(".bye 4");
    }

    @Test
    void aMarkIsForProcessesOnly() {
        try (StdioTalk direct = new StdioTalk()) {
            direct.line("!" + PING);
            assertThat(direct.take(message -> message.containsKey("error")).encode())
                    .contains("-32700");
        }
    }

    private void say(String... lines) throws IOException {
        for (String line : lines) {
            passage.link().out().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    private JsonObject hears() throws IOException {
        return new JsonObject(heard.readLine());
    }
}
