package io.mcpserver.mcp.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.mcp.testing.HttpTalk;
import io.mcpserver.mcp.testing.Profiles;
import io.mcpserver.mcp.testing.RawHttp;
import io.mcpserver.mcp.testing.Talk;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(Profiles.Http.class)
class SessionOverHttpTest extends SessionContract {

    @TestHTTPResource("/")
    URI server;

    @Override
    protected Talk talk(JsonObject capabilities) {
        HttpTalk talk = HttpTalk.inSession(server, null, capabilities);
        talk.listen();
        return talk;
    }

    @Test
    void hangingUpDoesNotCancelACall() {
        String name = "hung-up";
        try (HttpTalk talk = HttpTalk.inSession(server, null, new JsonObject())) {
            int call = talk.beginCall("test_block", new JsonObject().put("call", name));
            Awaitility.await().until(() -> blocking.hasBegun(name));

            talk.post(call).close();

            assertThat(talk.ask("ping", new JsonObject()).containsKey("result")).isTrue();
            assertThat(running.count()).isEqualTo(1);
            assertThat(blocking.wasInterrupted(name)).isFalse();
            talk.cancel(call);
            Awaitility.await().until(() -> blocking.wasInterrupted(name));
        }
    }

    @Test
    void aQuestionComesOnTheStreamOfItsCall() {
        try (HttpTalk talk = HttpTalk.inSession(server, null, new JsonObject().put("elicitation", new JsonObject()))) {
            int call = talk.beginCall("test_input_required_result_elicitation", new JsonObject());

            JsonObject question = talk.told("elicitation/create");

            assertThat(talk.post(call).header("Content-Type")).isEqualTo("text/event-stream");
            assertThat(talk.post(call).header("X-Accel-Buffering")).isEqualTo("no");
            talk.reply(question, accepted("name", "Ann"));
            assertThat(text(talk.answer(call))).isEqualTo("Hello, Ann!");
            talk.post(call).awaitEnd();
        }
    }

    @Test
    void endingTheSessionEndsItsWatches() {
        int before = watch.count();
        HttpTalk talk = HttpTalk.inSession(server, null, new JsonObject());
        talk.ask("resources/subscribe", new JsonObject().put("uri", "storage://a/b"));
        assertThat(watch.count()).isEqualTo(before + 1);

        RawHttp.method(server, "DELETE", "/mcp")
                .header("Mcp-Session-Id", talk.session())
                .send();

        assertThat(watch.count()).isEqualTo(before);
    }
}
