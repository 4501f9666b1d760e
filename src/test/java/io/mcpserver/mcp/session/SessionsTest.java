package io.mcpserver.mcp.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.mcp.call.Questions;
import io.mcpserver.mcp.call.ResourceWatch;
import io.mcpserver.mcp.extension.Protocol;
import io.mcpserver.mcp.message.ClientProfile;
import io.mcpserver.mcp.testing.FixedSecret;
import io.mcpserver.mcp.testing.Profiles;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two instances with the same secret serve the same sessions. */
@QuarkusTest
@TestProfile(Profiles.Http.class)
class SessionsTest {

    private static final ClientProfile CLIENT = new ClientProfile(
            "2025-06-18",
            new JsonObject().put("name", "n").put("version", "1"),
            new JsonObject().put("elicitation", new JsonObject()));

    @Inject
    Protocol protocol;

    @Inject
    ResourceWatch watch;

    @Inject
    Questions questions;

    @Inject
    ServerConfig config;

    private Sessions here;
    private Sessions elsewhere;

    @BeforeEach
    void twoInstances() {
        here = sessions(FixedSecret.SECRET);
        elsewhere = sessions(FixedSecret.SECRET);
    }

    @Test
    void beginningASessionLeavesNothingInMemory() {
        for (int i = 0; i < 100; i++) {
            here.begin(CLIENT, "");
        }

        assertThat(here.count()).isZero();
    }

    @Test
    void aSessionIsServedWhereItWasNotBegun() {
        String id = here.begin(CLIENT, "alice").orElseThrow();

        Session session = elsewhere.find(id, "alice").orElseThrow();

        assertThat(session.conversation().begun()).isTrue();
        assertThat(session.conversation().clientCan("elicitation")).isTrue();
        assertThat(session.conversation().clientCan("sampling")).isFalse();
        assertThat(session.conversation().id()).isEqualTo(id);
        assertThat(elsewhere.count()).isEqualTo(1);
    }

    @Test
    void aSessionThatIsFoundTwiceIsTheSame() {
        String id = here.begin(CLIENT, "").orElseThrow();

        assertThat(here.find(id, "")).isEqualTo(here.find(id, "")).isPresent();
        assertThat(here.count()).isEqualTo(1);
    }

    @Test
    void nobodyElseFindsIt() {
        String id = here.begin(CLIENT, "alice").orElseThrow();

        assertThat(here.find(id, "bob")).isEmpty();
        assertThat(here.find(id, "")).isEmpty();
        assertThat(here.find(id, "alice")).isPresent();
        assertThat(here.find(id, "bob")).isEmpty();
        assertThat(sessions(FixedSecret.SECRET + "!").find(id, "alice")).isEmpty();
    }

    @Test
    void aSessionThatEndedIsNotOpenedAgain() {
        String id = here.begin(CLIENT, "").orElseThrow();
        String other = here.begin(CLIENT, "").orElseThrow();
        here.end(here.find(id, "").orElseThrow());

        assertThat(here.find(id, "")).isEmpty();
        assertThat(here.find(other, "")).isPresent().get().satisfies(here::end);
        assertThat(here.count()).isZero();
    }

    @Test
    void whatIsSaidOutsideOfRequestsGoesToTheNewestStreamOnly() {
        Session session = here.find(here.begin(CLIENT, "").orElseThrow(), "").orElseThrow();
        List<JsonObject> first = new ArrayList<>();
        List<JsonObject> second = new ArrayList<>();
        JsonObject said = new JsonObject().put("jsonrpc", "2.0").put("method", "notifications/x");
        here.listen(session, new Heard(first));
        here.listen(session, new Heard(second));

        session.conversation().send(said);

        assertThat(first).isEmpty();
        assertThat(second).containsExactly(said);
        here.end(session);
    }

    @Test
    void theEndOfASessionClosesItsStreams() {
        Session session = here.find(here.begin(CLIENT, "").orElseThrow(), "").orElseThrow();
        List<JsonObject> heard = new ArrayList<>();
        here.listen(session, new Heard(heard));

        here.end(session);

        assertThat(heard).containsExactly(CLOSED);
    }

    @Test
    void aSessionWhoseStreamWasClosedGoesOnAnswering() {
        Session session = here.find(here.begin(CLIENT, "").orElseThrow(), "").orElseThrow();
        SessionStream stream = new Heard(new ArrayList<>());
        here.listen(session, stream);

        here.stopListening(session, stream);

        List<JsonObject> answers = new ArrayList<>();
        JsonObject ping = new JsonObject().put("jsonrpc", "2.0").put("id", 1).put("method", "ping");
        protocol.handle(ping, session.conversation(), answers::add, Optional.empty());
        assertThat(answers).singleElement().matches(answer -> answer.containsKey("result"));
        here.end(session);
    }

    private Sessions sessions(String secret) {
        return new Sessions(protocol, watch, questions, FixedSecret.of(secret), config);
    }

    private static final JsonObject CLOSED = new JsonObject().put("closed", true);

    private record Heard(List<JsonObject> messages) implements SessionStream {

        @Override
        public void send(JsonObject message) {
            messages.add(message);
        }

        @Override
        public void close() {
            messages.add(CLOSED);
        }
    }
}
