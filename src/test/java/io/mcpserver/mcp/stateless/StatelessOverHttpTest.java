package io.mcpserver.mcp.stateless;

import static io.mcpserver.mcp.testing.StatelessMessages.params;
import static io.mcpserver.mcp.testing.StatelessMessages.post;
import static io.mcpserver.mcp.testing.StatelessMessages.request;
import static io.mcpserver.mcp.testing.StatelessMessages.toCall;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.mcp.edge.OpenCalls;
import io.mcpserver.mcp.edge.OpenStreams;
import io.mcpserver.mcp.testing.HttpTalk;
import io.mcpserver.mcp.testing.OpenPost;
import io.mcpserver.mcp.testing.Profiles;
import io.mcpserver.mcp.testing.Talk;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(Profiles.Http.class)
class StatelessOverHttpTest extends StatelessContract {

    @TestHTTPResource("/")
    URI server;

    @Inject
    OpenStreams streams;

    @Inject
    OpenCalls calls;

    @Override
    protected Talk talk() {
        return HttpTalk.stateless(server, null);
    }

    @Override
    protected void takeBack(Talk talk, Object id) {
        ((HttpTalk) talk).post(id).close();
    }

    @Test
    void aStreamOfChangesIsNoCallInFlightAndEndsWithItsConnection() {
        int before = streams.count();
        try (HttpTalk talk = HttpTalk.stateless(server, null)) {
            int id =
                    talk.begin("subscriptions/listen", params(new JsonObject().put("notifications", new JsonObject())));
            talk.told("notifications/subscriptions/acknowledged");

            assertThat(talk.post(id).header("Content-Type")).isEqualTo("text/event-stream");
            assertThat(talk.post(id).header("X-Accel-Buffering")).isEqualTo("no");
            assertThat(streams.count()).isEqualTo(before + 1);
            assertThat(calls.count()).isZero();
        }
        Awaitility.await().until(() -> streams.count() == before);
    }

    @Test
    void nobodyCancelsByANotification() {
        try (HttpTalk talk = HttpTalk.stateless(server, null)) {
            int call = talk.begin("tools/call", toCall("test_sleep", new JsonObject().put("millis", 500)));

            talk.say(new JsonObject()
                    .put("jsonrpc", "2.0")
                    .put("method", "notifications/cancelled")
                    .put("params", params(new JsonObject().put("requestId", call))));

            assertThat(text(talk.answer(call))).isEqualTo("slept");
        }
    }

    @Test
    void whatIsMissingInTheClientIsABadRequest() {
        JsonObject call = request("x", "tools/call", new JsonObject().put("name", "test_missing_capability"));

        assertThat(post(server, call).send().status()).isEqualTo(400);
    }

    @Test
    void theEndOfTheServerIsAnAnswerOnEveryStream() {
        List<JsonObject> heard = new CopyOnWriteArrayList<>();
        JsonObject listen = request(
                "s-1",
                "subscriptions/listen",
                new JsonObject().put("notifications", new JsonObject().put("toolsListChanged", true)));
        try (OpenPost stream = new OpenPost(post(server, listen), heard::add)) {
            Awaitility.await().until(() -> heard.size() == 1);

            streams.closeAll();
            stream.awaitEnd();

            assertThat(heard).hasSize(2);
            JsonObject last = heard.getLast();
            assertThat(last.getString("id")).isEqualTo("s-1");
            assertThat(last.getJsonObject("result").getString("resultType")).isEqualTo("complete");
            assertThat(last.getJsonObject("result")
                            .getJsonObject("_meta")
                            .getString("io.modelcontextprotocol/subscriptionId"))
                    .isEqualTo("s-1");
        }
    }
}
