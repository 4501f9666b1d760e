package io.mcpserver.mcp.trace;

import static io.mcpserver.mcp.testing.ClientTrace.PARENT;
import static io.mcpserver.mcp.testing.ClientTrace.TRACE;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.config.TestConfigs;
import io.mcpserver.mcp.message.Era;
import io.mcpserver.mcp.message.Incoming.Request;
import io.mcpserver.mcp.testing.ClientTrace;
import io.mcpserver.mcp.testing.SpanCollector;
import io.mcpserver.mcp.testing.SpanCollector.Told;
import io.mcpserver.tool.catalog.ToolCatalog;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of a request, and what becomes of it where nobody listens. */
class TracingTest {

    @AutoClose
    private final SpanCollector collector = new SpanCollector();

    @Test
    void aRequestContinuesTheTraceOfItsClient() {
        Tracing tracing = tracing("tracing.enabled=true");
        begin(tracing, ClientTrace.meta(true)).end("ok");
        tracing.close();

        assertThat(collector.spans()).singleElement().satisfies(span -> {
            assertThat(span.trace()).isEqualTo(TRACE);
            assertThat(span.parent()).isEqualTo(PARENT);
            assertThat(span.failed()).isFalse();
        });
        assertThat(collector.service()).isEqualTo("mcp-server");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "00-" + TRACE + "-" + PARENT,
                "00-00000000000000000000000000000000-" + PARENT + "-01",
                "00-" + TRACE + "-0000000000000000-01",
                "ff-" + TRACE + "-" + PARENT + "-01",
                "00-" + TRACE + "-" + PARENT + "-zz"
            })
    void aTraceparentThatIsNoneBeginsANewTrace(String traceparent) {
        Tracing tracing = tracing("tracing.enabled=true");
        begin(tracing, ClientTrace.meta(traceparent)).end("ok");
        tracing.close();

        assertThat(collector.spans()).singleElement().satisfies(span -> {
            assertThat(span.trace()).isNotEqualTo(TRACE).hasSize(32);
            assertThat(span.parent()).isEmpty();
        });
    }

    @Test
    void traceContextThatIsNoTextIsIgnored() {
        Tracing tracing = tracing("tracing.enabled=true");
        begin(tracing, new JsonObject().put("traceparent", 7).put("tracestate", new JsonObject()))
                .end("ok");
        begin(tracing, ClientTrace.meta(true).put("tracestate", "a=".repeat(1_000_000)))
                .end("ok");
        tracing.close();

        assertThat(collector.spans()).extracting(Told::parent).containsExactlyInAnyOrder("", PARENT);
    }

    @Test
    void aNameThatNoToolHasIsNotTold() {
        Tracing tracing = tracing("tracing.enabled=true");
        JsonObject params =
                new JsonObject().put("name", "private").put("arguments", new JsonObject().put("a", "secret"));
        begin(tracing, "tools/call", params).fail("invalid_params", "-32602");
        tracing.close();

        Told span = collector.spans().getFirst();
        assertThat(span.name()).isEqualTo("tools/call");
        assertThat(span.failed()).isTrue();
        assertThat(span.attributes())
                .isEqualTo(Map.of(
                        "mcp.method.name", "tools/call",
                        "mcpserver.era", "stateful",
                        "mcpserver.outcome", "invalid_params",
                        "jsonrpc.request.id", "1",
                        "network.transport", "pipe",
                        "mcp.protocol.version", "2025-11-25",
                        "error.type", "-32602"));
    }

    @Test
    void aLongIdIsCut() {
        Tracing tracing = tracing("tracing.enabled=true");
        tracing.begin(Era.PLAIN, "ping", new Request(new JsonObject(), "i".repeat(10_000), "ping"), "", true)
                .end("ok");
        tracing.close();

        assertThat(collector.spans().getFirst().attributes().get("jsonrpc.request.id"))
                .hasSize(256);
    }

    @Test
    void tracesThatBeginHereAreSampledAndThoseOfClientsAreNot() {
        Tracing tracing = tracing("tracing.enabled=true", "tracing.sample_ratio=0");
        for (int i = 0; i < 50; i++) {
            begin(tracing, new JsonObject()).end("ok");
        }
        begin(tracing, ClientTrace.meta(false)).end("ok");
        begin(tracing, ClientTrace.meta(true)).end("ok");
        tracing.close();

        assertThat(collector.spans()).singleElement().extracting(Told::parent).isEqualTo(PARENT);
    }

    @Test
    void withoutTracingNothingIsMadeOrSent() {
        Tracing tracing = tracing();
        RequestSpan span = begin(tracing, ClientTrace.meta(true));
        span.end("ok");
        tracing.close();

        assertThat(span).isSameAs(RequestSpan.NONE);
        assertThat(collector.posts()).isZero();
    }

    @Test
    void aCollectorThatNeverAnswersHoldsUpNeitherRequestsNorTheEnd() throws IOException {
        try (ServerSocket deaf = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Tracing tracing =
                    tracing("tracing.enabled=true", "tracing.endpoint=http://127.0.0.1:" + deaf.getLocalPort());
            long began = System.nanoTime();
            for (int i = 0; i < 20_000; i++) {
                begin(tracing, new JsonObject()).end("ok");
            }
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));

            began = System.nanoTime();
            tracing.close();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
        }
    }

    private static RequestSpan begin(Tracing tracing, JsonObject meta) {
        return begin(tracing, "ping", new JsonObject().put("_meta", meta));
    }

    private static RequestSpan begin(Tracing tracing, String method, JsonObject params) {
        Request request = new Request(new JsonObject().put("params", params), 1, method);
        return tracing.begin(Era.STATEFUL, method, request, "2025-11-25", false);
    }

    /** With the collector of this test as the endpoint, unless {@code settings} name another. */
    private Tracing tracing(String... settings) {
        ServerConfig config = TestConfigs.with(TestConfigs.of("tracing.endpoint=" + collector.endpoint()), settings);
        return new Tracing(config, new ToolCatalog(List.of()));
    }
}
