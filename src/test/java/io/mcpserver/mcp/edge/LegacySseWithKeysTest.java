package io.mcpserver.mcp.edge;

import static io.mcpserver.mcp.testing.McpMessages.INITIALIZE;
import static io.mcpserver.mcp.testing.McpMessages.INITIALIZED;
import static io.mcpserver.mcp.testing.McpMessages.PING;
import static io.mcpserver.mcp.testing.McpMessages.echo;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.mcp.testing.EventReader;
import io.mcpserver.mcp.testing.RawHttp;
import io.mcpserver.mcp.testing.RawHttp.Reply;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(LegacySseWithKeysTest.SseWithKeys.class)
class LegacySseWithKeysTest {

    private static final String KEY = "Bearer first";

    public static class SseWithKeys implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "mcp.transport.type",
                    "sse",
                    "mcp.transport.allowed_origins",
                    "https://app.example.com",
                    "mcp.security.api_keys",
                    "alice:a7937b64b8caa58f03721bb6bacf5c78cb235febe0e70b1b84cd99541461a08e");
        }
    }

    @TestHTTPResource("/")
    URI server;

    @Inject
    LegacySse sessions;

    @ParameterizedTest
    @ValueSource(strings = {"/sse", "/mcp/sse"})
    void messagesArePostedWhereTheStreamSays(String path) throws IOException {
        int before = sessions.count();
        try (EventReader events = open(path)) {
            String endpoint = events.next("endpoint");
            assertThat(endpoint).startsWith("/mcp/messages/");
            assertThat(sessions.count()).isEqualTo(before + 1);

            assertThat(post(endpoint, INITIALIZE).status()).isEqualTo(202);
            assertThat(events.nextMessage().getJsonObject("result").getString("protocolVersion"))
                    .isEqualTo("2025-11-25");
            post(endpoint, INITIALIZED);
            post(endpoint, echo("e", "é中😀"));
            JsonObject answer = events.nextMessage();
            assertThat(answer.getString("id")).isEqualTo("e");
            assertThat(answer.encode()).contains("é中😀");
        }
        Awaitility.await().untilAsserted(() -> assertThat(sessions.count()).isEqualTo(before));
    }

    @Test
    void malformedMessagesAreRefusedAndTheStreamGoesOn() throws IOException {
        try (EventReader events = open("/sse")) {
            String endpoint = events.next("endpoint");
            for (String body : MalformedMessagesTest.REFUSED) {
                assertThat(post(endpoint, body.replace('\'', '"')).status()).isEqualTo(400);
            }
            for (String body : MalformedMessagesTest.IGNORED) {
                assertThat(post(endpoint, body.replace('\'', '"')).status()).isEqualTo(202);
            }
            assertThat(RawHttp.post(server, endpoint, "")
                            .header("Authorization", KEY)
                            .body(new byte[20_000_000])
                            .send()
                            .status())
                    .isEqualTo(413);
            post(endpoint, INITIALIZE);
            assertThat(events.nextMessage().getInteger("id")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "POST,/sse,405",
        "POST,/mcp/messages/unknown,404",
        "GET,/mcp/messages/unknown,405",
        "GET,/mcp,404",
        "POST,/mcp,404",
        "GET,/stream,404",
        "POST,/stream,404"
    })
    void otherPathsAndMethodsDoNotAnswer(String method, String path, int status) {
        RawHttp request = method.equals("POST") ? RawHttp.post(server, path, PING) : RawHttp.get(server, path);

        assertThat(request.header("Authorization", KEY).send().status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/sse",
                "/mcp/sse",
                "/mcp",
                "/mcp/messages/x",
                "/stream",
                "/tools/list",
                "/tools/call",
                "/q/metrics",
                "/q",
                "/q/health/../metrics",
                "/q/health/%2e%2e/metrics",
                "/q/healthy",
                "/nothing",
                "/tools/list?key=first&access_token=first"
            })
    void everyPathDemandsAKey(String path) {
        for (String authorization : new String[] {null, "Bearer second", "Basic Zmlyc3Q6Zmlyc3Q=", "first"}) {
            for (RawHttp request : new RawHttp[] {RawHttp.get(server, path), RawHttp.post(server, path, PING)}) {
                Reply reply = request.header("Authorization", authorization).send();
                assertThat(reply.status()).isEqualTo(401);
                assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer");
                assertThat(new JsonObject(reply.body()).getJsonObject("error").getString("message"))
                        .contains("Authorization: Bearer KEY");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health", "/q/health/live", "/q/health/ready", "/q/health/started"})
    void theHealthProbesAreOpen(String path) {
        assertThat(RawHttp.get(server, path)
                        .header("Host", "10.0.0.7:8000")
                        .send()
                        .status())
                .isIn(200, 503);
    }

    @Test
    void theKeyOpensEverythingElse() {
        assertThat(RawHttp.get(server, "/tools/list")
                        .header("Authorization", KEY)
                        .send()
                        .status())
                .isEqualTo(200);
        Reply metrics =
                RawHttp.get(server, "/q/metrics").header("Authorization", KEY).send();
        assertThat(metrics.status()).isEqualTo(200);
        assertThat(metrics.body()).contains("mcp_sessions_open", "mcp_streams_open", "mcp_calls_open");
    }

    @ParameterizedTest
    @CsvSource({
        "https://app.example.com,200",
        "http://localhost:3000,200",
        "https://app.example.com.evil.com,403",
        "http://localhost.evil.com,403",
        "null,403"
    })
    void theOriginIsCheckedOnEveryPath(String origin, int status) {
        for (String path : new String[] {"/tools/list", "/q/metrics"}) {
            Reply reply = RawHttp.get(server, path)
                    .header("Authorization", KEY)
                    .header("Origin", origin)
                    .send();
            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.header("Access-Control-Allow-Origin")).isEqualTo(status == 200 ? origin : null);
        }
        if (status == 403) {
            for (String path : new String[] {"/sse", "/mcp/sse", "/mcp/messages/x", "/mcp", "/stream"}) {
                assertThat(RawHttp.get(server, path)
                                .header("Origin", origin)
                                .send()
                                .status())
                        .isEqualTo(403);
            }
        }
    }

    @Test
    void aSecondOriginIsCheckedToo() {
        assertThat(RawHttp.get(server, "/tools/list")
                        .header("Authorization", KEY)
                        .header("Origin", "http://localhost")
                        .line("Origin: http://evil.com")
                        .send()
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.com", "localhost.evil.com", "", "10.0.0.7"})
    void theHostIsCheckedOnEveryPath(String host) {
        for (String path : new String[] {"/sse", "/mcp/sse", "/mcp/messages/x", "/mcp", "/tools/list", "/q/metrics"}) {
            assertThat(RawHttp.get(server, path)
                            .header("Authorization", KEY)
                            .header("Host", host)
                            .send()
                            .status())
                    .isIn(400, 403);
        }
    }

    @Test
    void aPageOfAnAllowedOriginMayAskFirst() {
        Reply reply = RawHttp.method(server, "OPTIONS", "/sse")
                .header("Origin", "https://app.example.com")
                .header("Access-Control-Request-Method", "POST")
                .send();

        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example.com");
        assertThat(reply.header("Access-Control-Allow-Headers")).contains("Authorization", "Mcp-Session-Id");
    }

    private EventReader open(String path) throws IOException {
        return new EventReader(RawHttp.get(server, path)
                .header("Authorization", KEY)
                .header("Accept", "text/event-stream")
                .open());
    }

    private Reply post(String endpoint, String body) {
        return RawHttp.post(server, endpoint, body).header("Authorization", KEY).send();
    }
}
