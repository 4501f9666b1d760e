package io.mcpserver.mcp.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.mcp.testing.Profiles;
import io.mcpserver.mcp.testing.SseTalk;
import io.mcpserver.mcp.testing.Talk;
import io.mcpserver.tool.Offer;
import io.mcpserver.tool.ToolPolicy;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.ToolSpec;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(Profiles.Sse.class)
class SessionOverSseTest extends SessionContract {

    @TestHTTPResource("/")
    URI server;

    @Override
    protected Talk talk(JsonObject capabilities) {
        return new SseTalk(server, capabilities);
    }

    @Test
    void closingTheStreamEndsWatchesAndQuestions() {
        int before = watch.count();
        try (Talk talk = talk(new JsonObject().put("elicitation", new JsonObject()))) {
            talk.ask("resources/subscribe", new JsonObject().put("uri", "storage://a/b"));
            talk.beginCall("test_input_required_result_elicitation", new JsonObject());
            talk.told("elicitation/create");
            assertThat(watch.count()).isEqualTo(before + 1);
        }
        Awaitility.await().until(() -> watch.count() == before);
        Awaitility.await().until(() -> questions.count() == 0);
        Awaitility.await().until(() -> running.count() == 0);
    }

    @Test
    void theGroupsOfTheStreamsUrlHoldForItsSession() {
        Offer before = catalog.discovered();
        catalog.replace(before.and(new Offer(
                List.of(ToolSpec.named("sse_grouped")
                        .policy(new ToolPolicy(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                false,
                                Set.of("a b&c")))
                        .computes(call -> ToolResult.ofText("grouped"))),
                List.of(),
                List.of())));
        try (Talk talk = new SseTalk(server, "/sse?group=a%20b%26c", new JsonObject())) {
            String list = talk.ask("tools/list", new JsonObject()).encode();

            assertThat(list).contains("sse_grouped").doesNotContain("storage_save");
            assertThat(talk.call("sse_grouped", new JsonObject()).encode()).contains("grouped");
            assertThat(talk.call("storage_collections", new JsonObject()).containsKey("error"))
                    .isTrue();
        } finally {
            catalog.replace(before);
        }
    }
}
