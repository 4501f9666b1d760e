package io.mcpserver.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import io.mcpserver.mcp.testing.McpMessages;
import io.mcpserver.mcp.testing.RawHttp;
import io.mcpserver.mcp.testing.RawHttp.Reply;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The nginx configuration in {@code docs/http.md} lets through whatever servers and clients have to say. */
@Tag("side-by-side")
@Tag("system")
class DocumentedProxyIT {

    private static final int LARGEST_BODY = 10_000_000;
    private static final String SENT = """
            Accept: application/json, text/event-stream
            Authorization: Bearer of-good-news
            Host: mcp.example.com:8080
            Last-Event-ID: 42
            Mcp-Session-Id: %s
            Mcp-Protocol-Version: 2026-07-28
            Mcp-Method: tools/call
            Mcp-Name: =?base64?Zm9v?=
            Mcp-Param-Region: west
            Mcp-Param-user_id: 7
            Origin: http://localhost:3000
            """.formatted("x".repeat(3_000));

    @TempDir
    Path directory;

    @Test
    void headersArriveAsTheClientSentThem() throws Exception {
        CompletableFuture<Headers> arrived = new CompletableFuture<>();
        HttpServer upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        upstream.createContext("/mcp", http -> {
            arrived.complete(http.getRequestHeaders());
            http.sendResponseHeaders(202, -1);
            http.close();
        });
        upstream.start();
        try (NginxProxy proxy =
                NginxProxy.start(directory, List.of(upstream.getAddress().getPort()))) {
            RawHttp post = RawHttp.post(proxy.uri("/"), "/mcp", "{}");
            Map<String, String> sent = headers();
            sent.forEach(post::header);

            assertThat(post.send().status()).isEqualTo(202);

            assertThat(sent)
                    .allSatisfy((name, value) ->
                            assertThat(arrived.join().get(name)).containsExactly(value));
            assertThat(arrived.join()).doesNotContainKey("Connection");
        } finally {
            upstream.stop(0);
        }
    }

    @Test
    void theLongestSessionAndTheLargestBodyPass() throws Exception {
        try (ProxiedServers servers = new ProxiedServers(directory)) {
            URI uri = servers.uri("/");
            JsonObject hello = new JsonObject(McpMessages.INITIALIZE);
            hello.getJsonObject("params")
                    .getJsonObject("capabilities")
                    .put("experimental", new JsonObject().put("long", new JsonObject().put("text", "x".repeat(2_060))));
            String session = RawHttp.post(uri, "/mcp", hello.encode()).send().header("Mcp-Session-Id");
            assertThat(session.length()).isBetween(2_900, 3_000);

            String padded = " ".repeat(LARGEST_BODY - McpMessages.PING.length()) + McpMessages.PING;
            Reply pong = RawHttp.post(uri, "/mcp", padded)
                    .header("Mcp-Session-Id", session)
                    .send();

            assertThat(pong.status()).as(pong.body()).isEqualTo(200);
        }
    }

    @Test
    void eventsAreNotHeldBackAndQuietStreamsStayOpen() throws Exception {
        try (ProxiedServers servers = new ProxiedServers(directory);
                Socket socket = RawHttp.get(servers.uri("/"), "/stream").open()) {
            BufferedReader stream =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));

            assertThat(stream.lines().takeWhile(line -> !line.equals(": keep-alive")))
                    .contains("HTTP/1.1 200 OK", ": listening");
        }
        assertThat(seconds("proxy_read_timeout")).isGreaterThan(2 * 15).isGreaterThan(30);
    }

    /** The number of seconds that the example gives a directive. */
    private static int seconds(String directive) throws Exception {
        Matcher found = Pattern.compile(directive + " ([0-9]+)s;").matcher(NginxProxy.example());
        assertThat(found.find()).isTrue();
        return Integer.parseInt(found.group(1));
    }

    private static Map<String, String> headers() {
        return SENT.lines()
                .map(line -> line.split(": ", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }
}
