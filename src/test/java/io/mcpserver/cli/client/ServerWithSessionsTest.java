package io.mcpserver.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server of somebody else, which knows sessions only, answers in event streams, and asks while it is asked. */
@Timeout(60)
class ServerWithSessionsTest {

    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;
    private String answer = "{\"jsonrpc\":\"2.0\",\"id\":%d,\"result\":{\"content\":[]}}";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/mcp", this::handle);
        server.setExecutor(task -> Thread.ofPlatform().daemon().start(task));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aSessionIsBegunUsedAndEnded() {
        List<String> said = new ArrayList<>();
        try (HttpLine line = line("a key")) {
            ObjectNode params = Messages.object().put("name", "t");
            assertThat(line.ask(
                            "tools/call",
                            params,
                            message -> said.add(message.path("method").asText())))
                    .isEqualTo(Messages.read("{\"content\":[]}").orElseThrow());
        }
        assertThat(said).containsExactly("notifications/progress");
        assertThat(heard)
                .containsExactly(
                        "tools/call without session",
                        "initialize without session",
                        "notifications/initialized in s1 of 2025-03-26",
                        "tools/call in s1 of 2025-03-26",
                        "answer 7 in s1 of 2025-03-26",
                        "DELETE in s1 of 2025-03-26");
    }

    @Test
    void anErrorIsARefusal() {
        answer = "{\"jsonrpc\":\"2.0\",\"id\":%d,\"error\":{\"code\":-32602,\"message\":\"Unknown tool\"}}";
        try (HttpLine line = line("a key")) {
            assertThatThrownBy(() -> line.ask("tools/call", Messages.object(), message -> {}))
                    .isInstanceOf(RefusedException.class)
                    .hasMessage("Unknown tool");
        }
    }

    @Test
    void aStreamThatEndsEarlyIsSaid() {
        answer = "no message";
        try (HttpLine line = line("a key")) {
            assertThatThrownBy(() -> line.ask("tools/call", Messages.object(), message -> {}))
                    .isInstanceOf(LineException.class)
                    .hasMessageContaining("closed the connection before it answered");
        }
    }

    @Test
    void aKeyIsDemanded() {
        try (HttpLine line = line("")) {
            assertThatThrownBy(() -> line.ask("tools/call", Messages.object(), message -> {}))
                    .isInstanceOf(LineException.class)
                    .hasMessageContaining("--key-file");
        }
    }

    private HttpLine line(String key) {
        return new HttpLine(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), key);
    }

    private void handle(HttpExchange http) throws IOException {
        JsonNode message = Messages.read(new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8))
                .orElseGet(Messages::object);
        String session = http.getRequestHeaders().getFirst("Mcp-Session-Id");
        if (!"Bearer a key".equals(http.getRequestHeaders().getFirst("Authorization"))) {
            answer(http, 401, "text/plain", "who are you?");
            return;
        }
        String what = http.getRequestMethod().equals("DELETE")
                ? "DELETE"
                : message.has("method")
                        ? message.get("method").asText()
                        : "answer " + message.path("id").asInt();
        heard.add(what
                + (session == null
                        ? " without session"
                        : " in " + session + " of " + http.getRequestHeaders().getFirst("MCP-Protocol-Version")));
        if (what.equals("initialize")) {
            http.getResponseHeaders().set("Mcp-Session-Id", "s1");
            answer(
                    http,
                    200,
                    "application/json",
                    "{\"jsonrpc\":\"2.0\",\"id\":%d,\"result\":{\"protocolVersion\":\"2025-03-26\"}}"
                            .formatted(message.get("id").asInt()));
        } else if (session == null) {
            answer(http, 400, "text/plain", "Bad Request: No valid session ID provided");
        } else if (what.equals("tools/call")) {
            answer(
                    http,
                    200,
                    "text/event-stream",
                    ": hello\r\n\r\nevent: message\r\nid: 1\r\n"
                            + "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\r\n"
                            + "data: \"params\":{\"progress\":1}}\r\n\r\n"
                            + "data: {\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}\n\n"
                            + "data: " + answer.formatted(message.get("id").asInt()) + "\n\n");
        } else {
            answer(http, 202, "text/plain", "");
        }
    }

    private static void answer(HttpExchange http, int status, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        http.getResponseHeaders().set("Content-Type", type);
        http.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        http.getResponseBody().write(bytes);
        http.close();
    }
}
