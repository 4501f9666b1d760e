package io.mcpserver.mcp.trace;

import io.mcpserver.mcp.message.Era;
import io.mcpserver.mcp.message.Incoming.Request;
import io.mcpserver.mcp.message.Members;
import io.mcpserver.mcp.message.RequestMeta;
import io.mcpserver.mcp.message.Revisions;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Makes spans by OpenTelemetry's conventions for MCP, below the span that {@code _meta} names.
 *
 * <p>Arguments, contents and addresses of resources are never told, nor is the id of a session, with which a stranger
 * could speak in it.
 */
final class SpanMaker {

    private static final long CLOSING_SECONDS = 2;

    private static final W3CTraceContextPropagator PARENT = W3CTraceContextPropagator.getInstance();

    private final SdkTracerProvider provider;
    private final Tracer tracer;
    private final Predicate<String> isTool;

    /** @param isTool whether there is a tool of this name; other names are a stranger's words */
    SpanMaker(SdkTracerProvider provider, Predicate<String> isTool) {
        this.provider = provider;
        this.tracer = provider.get("io.mcpserver");
        this.isTool = isTool;
    }

    RequestSpan begin(Era era, String method, Request request, String revision, boolean http) {
        JsonObject params = Members.object(request.json(), "params");
        JsonObject meta = Members.object(params, "_meta");
        boolean ofTool =
                method.equals("tools/call") && params.getValue("name") instanceof String name && isTool.test(name);
        SpanBuilder span = tracer.spanBuilder(ofTool ? method + " " + params.getString("name") : method)
                .setSpanKind(SpanKind.SERVER)
                .setParent(PARENT.extract(Context.root(), meta, MetaGetter.INSTANCE))
                .setAttribute("mcp.method.name", method)
                .setAttribute("mcpserver.era", era.word())
                .setAttribute("jsonrpc.request.id", request.id().toString())
                .setAttribute("network.transport", http ? "tcp" : "pipe");
        String spoken = revision(era, meta, revision);
        if (!spoken.isEmpty()) {
            span.setAttribute("mcp.protocol.version", spoken);
        }
        if (ofTool) {
            span.setAttribute("gen_ai.operation.name", "execute_tool")
                    .setAttribute("gen_ai.tool.name", params.getString("name"));
        }
        return new SentSpan(span.startSpan());
    }

    private static String revision(Era era, JsonObject meta, String ofSession) {
        if (era != Era.STATELESS) {
            return ofSession;
        }
        return meta.getValue(RequestMeta.REVISION) instanceof String asked && Revisions.STATELESS.contains(asked)
                ? asked
                : "";
    }

    void close() {
        provider.shutdown().join(CLOSING_SECONDS, TimeUnit.SECONDS);
    }
}
