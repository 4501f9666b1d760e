package io.mcpserver.mcp.edge;

import static io.mcpserver.mcp.testing.McpMessages.INITIALIZE;
import static io.mcpserver.mcp.testing.McpMessages.LIST;
import static io.mcpserver.mcp.testing.McpMessages.PING;
import static io.mcpserver.mcp.testing.McpMessages.beginSession;
import static io.mcpserver.mcp.testing.McpMessages.echo;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.mcp.session.Sessions;
import io.mcpserver.mcp.testing.McpMessages;
import io.mcpserver.mcp.testing.RawHttp;
import io.mcpserver.mcp.testing.RawHttp.Reply;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class StreamableHttpTest {

    @TestHTTPResource("/")
    URI server;

    @Inject
    Sessions sessions;

    @Inject
    OpenStreams streams;

    @Inject
    OpenCalls calls;

    @ParameterizedTest
    @ValueSource(strings = {"/mcp", "/stream"})
    void bothPathsAreTheSameEndpoint(String path) {
        String session = beginSession(server);

        Reply reply = RawHttp.post(server, path, echo("a-1", "é中😀"))
                .header("Mcp-Session-Id", session)
                .send();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        JsonObject answer = new JsonObject(reply.body());
        assertThat(answer.getString("id")).isEqualTo("a-1");
        assertThat(answer.encode()).contains("é中😀");
        assertThat(calls.count()).isZero();
    }

    @Test
    void aPlainListenerStaysConnectedUntilItGoesAway() throws IOException {
        int before = streams.count();
        try (Socket listener =
                RawHttp.get(server, "/stream").header("Accept", "*/*").open()) {
            BufferedReader reader = reader(listener);
            assertThat(reader.readLine()).isEqualTo("HTTP/1.1 200 OK");
            assertThat(reader.lines().anyMatch(line -> line.startsWith(":"))).isTrue();
            assertThat(streams.count()).isEqualTo(before + 1);
        }
        Awaitility.await().untilAsserted(() -> assertThat(streams.count()).isEqualTo(before));
    }

    @Test
    void aSessionHasAStreamOfItsOwn() throws IOException {
        int before = streams.count();
        try (Socket stream = RawHttp.get(server, "/mcp")
                .header("Accept", "text/event-stream")
                .header("Mcp-Session-Id", beginSession(server))
                .open()) {
            assertThat(reader(stream).readLine()).isEqualTo("HTTP/1.1 200 OK");
            assertThat(streams.count()).isEqualTo(before + 1);
        }
        Awaitility.await().untilAsserted(() -> assertThat(streams.count()).isEqualTo(before));
    }

    @Test
    void theExtensionsOwnWayOfClosingIsNoMethod() {
        String session = beginSession(server);

        Reply reply = RawHttp.post(server, "/mcp", McpMessages.request(7, "q/close", new JsonObject()))
                .header("Mcp-Session-Id", session)
                .send();

        assertThat(new JsonObject(reply.body()).getJsonObject("error").getInteger("code"))
                .isEqualTo(-32601);
    }

    @Test
    void aSessionEndsWhenItsClientSaysSo() {
        String session = beginSession(server);
        int before = sessions.count();

        RawHttp delete = RawHttp.method(server, "DELETE", "/mcp").header("Mcp-Session-Id", session);
        assertThat(delete.send().status()).isEqualTo(200);

        assertThat(sessions.count()).isEqualTo(before - 1);
        assertThat(RawHttp.post(server, "/mcp", PING)
                        .header("Mcp-Session-Id", session)
                        .send()
                        .status())
                .isEqualTo(404);
        assertThat(delete.send().status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"GET,405", "DELETE,405", "PUT,405", "HEAD,405", "OPTIONS,405", "PATCH,405"})
    void withoutASessionOnlyPostIsTaken(String method, int status) {
        Reply reply = RawHttp.method(server, method, "/mcp")
                .header("Accept", "text/event-stream")
                .send();

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("Allow")).contains("POST");
    }

    @Test
    void whatComesBeforeInitializeIsRefusedUnderItsId() {
        Reply reply = RawHttp.post(server, "/mcp", LIST).send();

        assertThat(reply.status()).isEqualTo(400);
        assertThat(new JsonObject(reply.body()).getInteger("id")).isEqualTo(2);
        assertThat(reply.body()).contains("initialize");
    }

    @Test
    void anUnknownSessionIsNotFound() {
        for (String method : new String[] {"GET", "DELETE"}) {
            assertThat(RawHttp.method(server, method, "/mcp")
                            .header("Mcp-Session-Id", "no")
                            .send()
                            .status())
                    .isEqualTo(404);
        }
        assertThat(RawHttp.post(server, "/mcp", INITIALIZE)
                        .header("Mcp-Session-Id", "no")
                        .send()
                        .status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Accept | application/json | 406",
                "Accept | text/event-stream | 406",
                "Accept | */* | 200",
                "Accept | | 200",
                "Accept | text/event-stream;q=0.5, application/json | 200",
                "Content-Type | | 415",
                "Content-Type | text/plain | 415",
                "Content-Type | application/x-www-form-urlencoded | 415",
                "Content-Type | application/jsonp | 415",
                "Content-Type | APPLICATION/JSON; charset=utf-8 | 200",
                "Mcp-Protocol-Version | 1999-01-01 | 400",
                "Mcp-Protocol-Version | 2024-11-05 | 200"
            })
    void headersAreHeldAgainstTheProtocol(String header, String value, int status) {
        int before = sessions.count();

        Reply reply =
                RawHttp.post(server, "/mcp", INITIALIZE).header(header, value).send();

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("Mcp-Session-Id") != null).isEqualTo(status == 200);
        // Beginning a session leaves nothing behind: all of it is in its id.
        assertThat(sessions.count()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sse", "/mcp/sse", "/mcp/messages/x", "/mcp/messages", "//mcp/sse", "/mcp/./sse"})
    void theOtherTransportDoesNotAnswer(String path) {
        assertThat(RawHttp.get(server, path).send().status()).isEqualTo(404);
        assertThat(RawHttp.post(server, path, PING).send().status()).isEqualTo(404);
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }
}
