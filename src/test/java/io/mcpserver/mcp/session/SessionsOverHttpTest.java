package io.mcpserver.mcp.session;

import static io.mcpserver.mcp.testing.McpMessages.PING;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.mcp.message.ClientProfile;
import io.mcpserver.mcp.testing.FixedSecret;
import io.mcpserver.mcp.testing.HttpTalk;
import io.mcpserver.mcp.testing.Profiles;
import io.mcpserver.mcp.testing.RawHttp;
import io.mcpserver.mcp.testing.RawHttp.Reply;
import io.mcpserver.security.Seal;
import io.mcpserver.security.ServerSecret;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whose session it is, and what becomes of ids that are none, where keys are demanded. */
@QuarkusTest
@TestProfile(Profiles.HttpWithKeys.class)
class SessionsOverHttpTest {

    private static final ClientProfile CLIENT =
            new ClientProfile("2025-11-25", new JsonObject().put("name", "n").put("version", "1"), new JsonObject());

    @TestHTTPResource("/")
    URI server;

    @Inject
    ServerSecret secret;

    @Test
    void anIdThatIsForgedAlteredOrExpiredIsNotFound() {
        String good = sealed(secret, Clock.systemUTC());
        assertThat(post(good, Profiles.ALICE).status()).isEqualTo(200);

        int middle = good.length() / 2;
        for (String bad : List.of(
                sealed(FixedSecret.of(FixedSecret.SECRET), Clock.systemUTC()),
                sealed(secret, Clock.offset(Clock.systemUTC(), Duration.ofHours(-2))),
                good.substring(0, middle) + (good.charAt(middle) == 'A' ? 'B' : 'A') + good.substring(middle + 1),
                good + "A",
                "0123456789abcdef",
                "A".repeat(4_000))) {
            assertNotFound(bad, Profiles.ALICE);
        }
    }

    @Test
    void theSessionOfOneKeyIsNotFoundWithAnother() {
        try (HttpTalk alice = HttpTalk.inSession(server, Profiles.ALICE, new JsonObject())) {
            assertNotFound(alice.session(), Profiles.BOB);

            assertThat(post(alice.session(), Profiles.ALICE).status()).isEqualTo(200);
        }
    }

    @Test
    void aSessionThatEndedIsNotFound() {
        try (HttpTalk talk = HttpTalk.inSession(server, Profiles.ALICE, new JsonObject())) {
            assertThat(RawHttp.method(server, "DELETE", "/mcp")
                            .header("Authorization", Profiles.ALICE)
                            .header("Mcp-Session-Id", talk.session())
                            .send()
                            .status())
                    .isEqualTo(200);

            assertNotFound(talk.session(), Profiles.ALICE);
        }
    }

    @Test
    void theEndOfASessionEndsItsStream() throws Exception {
        try (HttpTalk talk = HttpTalk.inSession(server, Profiles.ALICE, new JsonObject());
                Socket stream = RawHttp.get(server, "/mcp")
                        .header("Accept", "text/event-stream")
                        .header("Authorization", Profiles.ALICE)
                        .header("Mcp-Session-Id", talk.session())
                        .open()) {
            assertThat(stream.getInputStream().read()).as("the answer begins").isEqualTo('H');

            RawHttp.method(server, "DELETE", "/mcp")
                    .header("Authorization", Profiles.ALICE)
                    .header("Mcp-Session-Id", talk.session())
                    .send();

            assertThat(new String(stream.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .endsWith("0\r\n\r\n");
        }
    }

    @Test
    void whatAnotherInstanceSealedIsServedWithoutInitializeAndListensHere() {
        try (HttpTalk talk = HttpTalk.resuming(server, Profiles.ALICE, sealed(secret, Clock.systemUTC()))) {
            talk.listen();
            assertThat(talk.ask("tools/list", new JsonObject())
                            .getJsonObject("result")
                            .getJsonArray("tools"))
                    .isNotEmpty();
            assertThat(talk.ask("logging/setLevel", new JsonObject().put("level", "error"))
                            .getJsonObject("result"))
                    .isEmpty();

            talk.call("test_trigger_tool_change", new JsonObject());

            assertThat(talk.told("notifications/tools/list_changed").containsKey("id"))
                    .isFalse();
        }
    }

    @Test
    void aClientThatSaysTooMuchOfItselfIsToldSo() {
        JsonObject params = new JsonObject()
                .put("protocolVersion", "2025-11-25")
                .put("capabilities", new JsonObject().put("experimental", new JsonObject().put("x", "y".repeat(5_000))))
                .put("clientInfo", new JsonObject().put("name", "n").put("version", "1"));
        Reply reply = RawHttp.post(
                        server,
                        "/mcp",
                        new JsonObject()
                                .put("jsonrpc", "2.0")
                                .put("id", 1)
                                .put("method", "initialize")
                                .put("params", params)
                                .encode())
                .header("Authorization", Profiles.ALICE)
                .send();

        assertThat(reply.header("Mcp-Session-Id")).isNull();
        assertThat(new JsonObject(reply.body()).getJsonObject("error").getInteger("code"))
                .isEqualTo(-32602);
    }

    private void assertNotFound(String session, String key) {
        assertThat(post(session, key).status()).isEqualTo(404);
        for (String method : List.of("GET", "DELETE")) {
            Reply reply = RawHttp.method(server, method, "/mcp")
                    .header("Accept", "text/event-stream")
                    .header("Authorization", key)
                    .header("Mcp-Session-Id", session)
                    .send();
            assertThat(reply.status()).as(method).isEqualTo(404);
            assertThat(new JsonObject(reply.body()).getJsonObject("error").getString("message"))
                    .contains("initialize");
        }
    }

    private Reply post(String session, String key) {
        return RawHttp.post(server, "/mcp", PING)
                .header("Authorization", key)
                .header("Mcp-Session-Id", session)
                .send();
    }

    private static String sealed(ServerSecret secret, Clock clock) {
        return new SessionIds(new Seal(secret, "session"), Duration.ofHours(1), clock)
                .seal(CLIENT, "alice")
                .orElseThrow();
    }
}
