package io.mcpserver.mcp.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** A collector of OpenTelemetry on a free loopback port: takes OTLP over HTTP and keeps what it was told. */
public final class SpanCollector implements AutoCloseable {

    /** A span as it was told; ids in hexadecimal, {@code parent} empty where it has none. */
    public record Told(String name, String trace, String parent, boolean failed, Map<String, String> attributes) {}

    private final HttpServer server;
    private final AtomicInteger posts = new AtomicInteger();
    private final List<Told> spans = new CopyOnWriteArrayList<>();
    private volatile String service = "";

    public SpanCollector() {
        this(0);
    }

    public SpanCollector(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    /** What {@code tracing.endpoint} is to be. */
    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** How often anything was sent. */
    public int posts() {
        return posts.get();
    }

    /** The name of the service that sent last. */
    public String service() {
        return service;
    }

    public List<Told> spans() {
        return List.copyOf(spans);
    }

    /** Waits for the spans of a trace, which are to be exactly so many. */
    public List<Told> awaitTrace(String trace, int count) {
        return Awaitility.await("spans of " + trace)
                .atMost(Duration.ofSeconds(20))
                .until(
                        () -> spans.stream()
                                .filter(span -> span.trace().equals(trace))
                                .toList(),
                        found -> found.size() == count);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            posts.incrementAndGet();
            ExportTraceServiceRequest request = ExportTraceServiceRequest.parseFrom(exchange.getRequestBody());
            request.getResourceSpansList().forEach(resource -> {
                service = texts(resource.getResource().getAttributesList()).get("service.name");
                resource.getScopeSpansList()
                        .forEach(scope -> scope.getSpansList().forEach(span -> spans.add(told(span))));
            });
            exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private static Told told(Span span) {
        if (span.getKind() != Span.SpanKind.SPAN_KIND_SERVER
                || span.getEndTimeUnixNano() < span.getStartTimeUnixNano()) {
            throw new IllegalStateException("No span of a server: " + span);
        }
        return new Told(
                span.getName(),
                HexFormat.of().formatHex(span.getTraceId().toByteArray()),
                HexFormat.of().formatHex(span.getParentSpanId().toByteArray()),
                span.getStatus().getCodeValue()
                        == io.opentelemetry.proto.trace.v1.Status.StatusCode.STATUS_CODE_ERROR_VALUE,
                texts(span.getAttributesList()));
    }

    private static Map<String, String> texts(List<KeyValue> attributes) {
        return attributes.stream()
                .collect(Collectors.toMap(
                        KeyValue::getKey, attribute -> attribute.getValue().getStringValue()));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
