package io.mcpserver.it;

import static io.mcpserver.mcp.testing.ClientTrace.PARENT;
import static io.mcpserver.mcp.testing.ClientTrace.TRACE;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.mcp.testing.ClientTrace;
import io.mcpserver.mcp.testing.McpMessages;
import io.mcpserver.mcp.testing.RawHttp;
import io.mcpserver.mcp.testing.SpanCollector;
import io.mcpserver.mcp.testing.SpanCollector.Told;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The spans that the real program sends to a collector, in both eras and over both transports. */
class TracingIT {

    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    /** Longer than spans wait to be sent. */
    private static final Duration A_BATCH = Duration.ofMillis(1_200);

    /** Enough for a log that repeats itself to show it. */
    private static final int MANY_BATCHES = 4;

    private static final String STATELESS = "2026-07-28";
    private static final String URI_OF_NOTE = "storage://notes/a";

    @TempDir
    Path folder;

    @AutoClose
    private final SpanCollector collector = new SpanCollector();

    @Test
    void requestsOfASessionContinueTheTraceOfTheirClient() {
        try (RunningServer server = traced(collector.endpoint())) {
            URI uri = server.uri("/");
            String session = McpMessages.beginSession(uri);
            for (String message : List.of(
                    McpMessages.request("save", "tools/call", save()),
                    McpMessages.request("read", "resources/read", read()),
                    McpMessages.request("wrong", "tools/call", load("no such collection!")))) {
                RawHttp.Reply reply = RawHttp.post(uri, "/mcp", message)
                        .header("Mcp-Session-Id", session)
                        .send();
                assertThat(reply.status()).as(reply.body()).isEqualTo(200);
            }

            List<Told> spans = collector.awaitTrace(TRACE, 3);
            assertThat(spans).allSatisfy(span -> {
                assertThat(span.parent()).isEqualTo(PARENT);
                assertThat(span.attributes())
                        .containsEntry("mcp.protocol.version", "2025-11-25")
                        .containsEntry("mcpserver.era", "stateful")
                        .containsEntry("network.transport", "tcp");
                assertThat(span.toString()).doesNotContain(session, "a secret text", URI_OF_NOTE, "no such");
            });
            assertThat(named(spans, "tools/call storage_save").failed()).isFalse();
            assertThat(named(spans, "resources/read").failed()).isFalse();
            Told wrong = named(spans, "tools/call storage_load");
            assertThat(wrong.failed()).isTrue();
            assertThat(wrong.attributes())
                    .containsEntry("error.type", "tool_error")
                    .containsEntry("gen_ai.tool.name", "storage_load")
                    .containsEntry("gen_ai.operation.name", "execute_tool")
                    .containsEntry("jsonrpc.request.id", "wrong");
        }
    }

    @Test
    void requestsWithoutASessionContinueTheTraceOfTheirClient() {
        try (RunningServer server = traced(collector.endpoint())) {
            URI uri = server.uri("/");
            stateless(uri, "tools/call", "storage_save", save());
            stateless(uri, "resources/read", URI_OF_NOTE, read());
            stateless(uri, "resources/read", "storage://notes/none", read().put("uri", "storage://notes/none"));

            List<Told> spans = collector.awaitTrace(TRACE, 3);
            assertThat(spans).allSatisfy(span -> {
                assertThat(span.parent()).isEqualTo(PARENT);
                assertThat(span.attributes())
                        .containsEntry("mcp.protocol.version", STATELESS)
                        .containsEntry("mcpserver.era", "stateless");
            });
            assertThat(named(spans, "tools/call storage_save").failed()).isFalse();
            assertThat(spans.stream().filter(span -> span.name().equals("resources/read")))
                    .extracting(span -> span.attributes().get("error.type"))
                    .containsExactlyInAnyOrder(null, "-32602");
        }
    }

    @Test
    void whatIsAskedOverStandardInputIsSentBeforeTheProgramEnds() {
        try (RunningServer server = ServerLaunch.in(folder)
                .env("MCP_TRACING_ENABLED", "true")
                .env("MCP_TRACING_ENDPOINT", collector.endpoint())
                .start()) {
            server.send(McpMessages.INITIALIZE).send(McpMessages.INITIALIZED);
            server.send(McpMessages.request("session", "tools/call", add()));
            server.send(McpMessages.request("alone", "tools/call", withoutSession(add())));
            server.closeInput();

            assertThat(server.awaitExit(A_MINUTE)).isZero();
            assertThat(server.stderr().text()).isEmpty();
        }
        assertThat(collector.awaitTrace(TRACE, 2)).allSatisfy(span -> {
            assertThat(span.name()).isEqualTo("tools/call calculator_add");
            assertThat(span.parent()).isEqualTo(PARENT);
            assertThat(span.attributes()).containsEntry("network.transport", "pipe");
        });
    }

    @Test
    void nothingIsSentUnlessTracingIsOn() {
        try (RunningServer server = ServerLaunch.in(folder)
                .env("MCP_TRACING_ENDPOINT", collector.endpoint())
                .serving("http-stream")
                .startReady()) {
            stateless(server.uri("/"), "tools/call", "calculator_add", add());
            assertThat(server.stop()).isZero();
        }
        assertThat(collector.posts()).isZero();
    }

    @Test
    void whereNobodyListensCallsGoOnAndItIsSaidOnce() throws IOException, InterruptedException {
        int port = ServerLaunch.freePort();
        try (RunningServer server = traced("http://127.0.0.1:" + port)) {
            URI uri = server.uri("/");
            for (int round = 0; round < MANY_BATCHES; round++) {
                long began = System.nanoTime();
                for (int i = 0; i < 50; i++) {
                    stateless(uri, "tools/call", "calculator_add", add());
                }
                assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
                server.stderr().awaitLine(line -> line.contains("Spans are dropped"), A_MINUTE);
                Thread.sleep(A_BATCH);
            }
            try (SpanCollector late = new SpanCollector(port)) {
                stateless(uri, "tools/call", "calculator_add", add());
                server.stderr().awaitLine(line -> line.contains("Spans are sent"), A_MINUTE);
            }
            assertThat(server.stop()).isZero();
            assertThat(server.stderr().text().lines().filter(line -> line.contains("Spans are dropped")))
                    .singleElement()
                    .asString()
                    .contains("ConnectException");
            assertThat(server.stderr().text()).doesNotContain("opentelemetry", "\tat ");
        }
    }

    private RunningServer traced(String endpoint) {
        return ServerLaunch.in(folder)
                .configuration("tracing: {enabled: true, endpoint: \"" + endpoint + "\"}")
                .serving("http-stream")
                .startReady();
    }

    private static void stateless(URI server, String method, String name, JsonObject params) {
        RawHttp.Reply reply = RawHttp.post(server, "/mcp", McpMessages.request(1, method, withoutSession(params)))
                .header("Mcp-Protocol-Version", STATELESS)
                .header("Mcp-Method", method)
                .header("Mcp-Name", name)
                .send();
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    }

    private static JsonObject withoutSession(JsonObject params) {
        params.getJsonObject("_meta")
                .put("io.modelcontextprotocol/protocolVersion", STATELESS)
                .put("io.modelcontextprotocol/clientCapabilities", new JsonObject());
        return params;
    }

    private static JsonObject inTrace() {
        return new JsonObject().put("_meta", ClientTrace.meta(true).put("tracestate", "vendor=1"));
    }

    private static JsonObject add() {
        return inTrace()
                .put("name", "calculator_add")
                .put("arguments", new JsonObject().put("a", 1).put("b", 2));
    }

    private static JsonObject save() {
        JsonObject content = new JsonObject().put("text", "a secret text");
        JsonArray documents = new JsonArray().add(new JsonObject(Map.of("id", "a", "content", content)));
        return inTrace()
                .put("name", "storage_save")
                .put("arguments", new JsonObject().put("collection", "notes").put("documents", documents));
    }

    private static JsonObject load(String collection) {
        return inTrace()
                .put("name", "storage_load")
                .put("arguments", new JsonObject().put("collection", collection).put("ids", new JsonArray().add("a")));
    }

    private static JsonObject read() {
        return inTrace().put("uri", URI_OF_NOTE);
    }

    private static Told named(List<Told> spans, String name) {
        return spans.stream()
                .filter(span -> span.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
