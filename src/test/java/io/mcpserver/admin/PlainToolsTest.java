package io.mcpserver.admin;

import static io.mcpserver.mcp.testing.McpMessages.LIST;
import static io.mcpserver.mcp.testing.McpMessages.PING;
import static io.mcpserver.mcp.testing.McpMessages.beginSession;
import static io.mcpserver.mcp.testing.McpMessages.call;
import static io.mcpserver.mcp.testing.McpMessages.echo;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.mcp.session.Sessions;
import io.mcpserver.mcp.testing.RawHttp;
import io.mcpserver.mcp.testing.RawHttp.Reply;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class PlainToolsTest {

    @TestHTTPResource("/")
    URI server;

    @Inject
    Sessions sessions;

    @Test
    void theListIsThatOfTheProtocolWithoutItsEnvelope() {
        JsonObject plain =
                new JsonObject(RawHttp.get(server, "/tools/list").send().body());
        JsonObject protocol = new JsonObject(RawHttp.post(server, "/mcp", LIST)
                .header("Mcp-Session-Id", beginSession(server))
                .send()
                .body());

        assertThat(plain.getJsonArray("tools")).isNotEmpty();
        assertThat(plain).isEqualTo(protocol.getJsonObject("result"));
    }

    @Test
    void aPostedListIsAnsweredInTheEnvelope() {
        JsonObject answer =
                new JsonObject(RawHttp.post(server, "/tools/list", LIST).send().body());

        assertThat(answer.getInteger("id")).isEqualTo(2);
        assertThat(answer.getJsonObject("result").getJsonArray("tools")).isNotEmpty();
    }

    @Test
    void aToolIsCalledWithoutASession() {
        int before = sessions.count();

        Reply reply = RawHttp.post(server, "/tools/call", echo("x", "é中")).send();

        assertThat(reply.status()).isEqualTo(200);
        JsonObject answer = new JsonObject(reply.body());
        assertThat(answer.getString("id")).isEqualTo("x");
        assertThat(answer.encode()).contains("é中");
        assertThat(sessions.count()).isEqualTo(before);
    }

    @Test
    void anUnknownToolIsAJsonRpcError() {
        Reply reply = RawHttp.post(server, "/tools/call", call(5, "no_such_tool", new JsonObject()))
                .send();

        assertThat(new JsonObject(reply.body()).getJsonObject("error").getInteger("code"))
                .isEqualTo(-32602);
    }

    @Test
    void eachPathTakesItsOwnMethodOnly() {
        for (String path : new String[] {"/tools/list", "/tools/call"}) {
            Reply reply = RawHttp.post(server, path, PING).send();
            assertThat(reply.status()).isEqualTo(400);
            assertThat(new JsonObject(reply.body()).getInteger("id")).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/tools/call,405",
        "DELETE,/tools/list,405",
        "PUT,/tools/call,405",
    })
    void otherHttpMethodsAreRefused(String method, String path, int status) {
        Reply reply = RawHttp.method(server, method, path).send();

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("Allow")).contains("POST");
    }

    @Test
    void bodiesPassTheSameChecks() {
        assertThat(RawHttp.post(server, "/tools/call", "{").send().status()).isEqualTo(400);
        assertThat(RawHttp.post(server, "/tools/call", "[]").send().status()).isEqualTo(400);
        assertThat(RawHttp.post(server, "/tools/call", PING)
                        .header("Content-Type", "text/plain")
                        .send()
                        .status())
                .isEqualTo(415);
        assertThat(RawHttp.post(server, "/tools/call", "")
                        .body(new byte[20_000_000])
                        .send()
                        .status())
                .isEqualTo(413);
        assertThat(RawHttp.get(server, "/tools/list")
                        .header("Host", "evil.com")
                        .send()
                        .status())
                .isEqualTo(403);
    }
}
