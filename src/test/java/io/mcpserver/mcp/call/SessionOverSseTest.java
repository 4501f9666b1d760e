package io.mcpserver.mcp.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.mcp.testing.Profiles;
import io.mcpserver.mcp.testing.SseTalk;
import io.mcpserver.mcp.testing.Talk;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import java.net.URI;
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
}
