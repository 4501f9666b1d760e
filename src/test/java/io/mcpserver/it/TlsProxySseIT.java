package io.mcpserver.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.mcp.testing.EventReader;
import io.mcpserver.mcp.testing.McpMessages;
import io.mcpserver.mcp.testing.RawHttp;
import io.mcpserver.mcp.testing.SseTalk;
import io.mcpserver.mcp.testing.Talk;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code nginx/mcp-server.conf} of the distribution in front of HTTP+SSE, which has to say where to post. */
@Tag("system")
class TlsProxySseIT {

    @TempDir
    static Path directory;

    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = ServerLaunch.in(directory)
                .serving("sse")
                .env("MCP_EMBEDDING_MODEL", "none")
                .env("MCP_TRANSPORT_ALLOWED_HOSTS", TlsProxy.NAME)
                .env("MCP_TRANSPORT_TRUSTED_PROXIES", "127.0.0.1")
                .startReady();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aClientPostsWhereItIsTold() {
        try (TlsProxy proxy = proxy(List.of());
                Talk talk = new SseTalk(proxy.uri("/"), new JsonObject())) {
            JsonObject answer =
                    talk.call("calculator_add", new JsonObject().put("a", 2).put("b", 3));

            assertThat(answer.getJsonObject("result")
                            .getJsonObject("structuredContent")
                            .getInteger("sum"))
                    .isEqualTo(5);
        }
    }

    @Test
    void belowAPathTheStreamSaysWhereToPost() throws Exception {
        List<List<String>> edits = List.of(
                List.of("#rewrite ^/team", "rewrite ^/team"),
                List.of("X-Forwarded-Prefix \"\";", "X-Forwarded-Prefix \"/team\";"));
        try (TlsProxy proxy = proxy(edits);
                EventReader stream =
                        new EventReader(RawHttp.get(proxy.uri("/"), "/team/sse").open())) {
            String endpoint = stream.next("endpoint");
            assertThat(endpoint).startsWith("/team/mcp/messages/");

            int status = RawHttp.post(proxy.uri("/"), endpoint, McpMessages.INITIALIZE)
                    .send()
                    .status();

            assertThat(status).isEqualTo(202);
            assertThat(stream.nextMessage().containsKey("result")).isTrue();
        }
    }

    @Test
    void whatAClientSaysOfForwardingGoesNoFurther() throws Exception {
        try (TlsProxy proxy = proxy(List.of());
                EventReader stream = new EventReader(RawHttp.get(proxy.uri("/"), "/sse")
                        .header("X-Forwarded-Prefix", "/elsewhere")
                        .header("X-Forwarded-Host", "evil.example.com")
                        .header("Forwarded", "host=evil.example.com")
                        .open())) {
            assertThat(stream.next("endpoint")).startsWith("/mcp/messages/");

            assertThat(RawHttp.get(proxy.uri("/"), "/tools/list")
                            .header("Host", "evil.example.com")
                            .header("X-Forwarded-Host", TlsProxy.NAME)
                            .send()
                            .status())
                    .isEqualTo(403);
        }
    }

    private static TlsProxy proxy(List<List<String>> edits) {
        return TlsProxy.start(directory.resolve("nginx"), server.port(), edits);
    }
}
