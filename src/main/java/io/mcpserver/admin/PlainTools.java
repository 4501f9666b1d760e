package io.mcpserver.admin;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.config.ServerConfig.TransportType;
import io.mcpserver.mcp.call.Call;
import io.mcpserver.mcp.call.Dispatcher;
import io.mcpserver.mcp.call.Lazy;
import io.mcpserver.mcp.call.RequestMetrics;
import io.mcpserver.mcp.call.StatefulReply;
import io.mcpserver.mcp.edge.Bodies;
import io.mcpserver.mcp.edge.MessageGate;
import io.mcpserver.mcp.edge.Replies;
import io.mcpserver.mcp.extension.Protocol;
import io.mcpserver.mcp.message.ClientProfile;
import io.mcpserver.mcp.message.Era;
import io.mcpserver.mcp.message.Incoming;
import io.mcpserver.mcp.message.Incoming.Request;
import io.mcpserver.mcp.message.JsonRpcError;
import io.mcpserver.tool.ToolClient;
import io.quarkiverse.mcp.server.InitialRequest.Transport;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The tools without a session: {@code GET /tools/list} answers {@code {"tools": […]}}, and takes the {@code nextCursor} of
 * a long list as {@code ?cursor=}; {@code POST /tools/list} and {@code POST /tools/call} take the JSON-RPC request of the
 * same method.
 */
@Singleton
class PlainTools {

    private static final String LIST = "tools/list";
    private static final String CALL = "tools/call";
    private static final int ORDER = -10_000;

    private final Dispatcher dispatcher;
    private final Protocol protocol;
    private final RequestMetrics metrics;
    private final MessageGate gate;
    private final Bodies bodies;

    PlainTools(Dispatcher dispatcher, Protocol protocol, RequestMetrics metrics, MessageGate gate, Bodies bodies) {
        this.dispatcher = dispatcher;
        this.protocol = protocol;
        this.metrics = metrics;
        this.gate = gate;
        this.bodies = bodies;
    }

    void register(@Observes Router router, ServerConfig config) {
        if (config.transport().type() == TransportType.STDIO) {
            return;
        }
        router.get("/" + LIST).order(ORDER).handler(this::list);
        accept(router, LIST);
        accept(router, CALL);
        refuseOthers(router, LIST, "GET, POST");
        refuseOthers(router, CALL, "POST");
    }

    private void list(RoutingContext http) {
        JsonObject json = new JsonObject().put("jsonrpc", "2.0").put("id", 1).put("method", LIST);
        String cursor = http.request().getParam("cursor");
        if (cursor != null) {
            json.put("params", new JsonObject().put("cursor", cursor));
        }
        reply(http, new Request(json, 1, LIST), PlainTools::resultOrError);
    }

    private static Buffer resultOrError(Buffer message) {
        JsonObject answer = message.toJsonObject();
        return answer.containsKey("result") ? answer.getJsonObject("result").toBuffer() : message;
    }

    private void accept(Router router, String method) {
        String path = "/" + method;
        router.post(path).order(ORDER).handler(http -> {
            if (gate.allowHead(http)) {
                http.next();
            }
        });
        bodies.register(router.post(path).order(ORDER + 1));
        router.post(path).order(ORDER + 2).handler(http -> gate.read(http)
                .ifPresent(message -> answer(http, message, method)));
    }

    private void answer(RoutingContext http, Incoming message, String method) {
        if (message instanceof Request request && request.method().equals(method)) {
            reply(http, request, UnaryOperator.identity());
        } else {
            Object id = message instanceof Request request ? request.id() : null;
            String reason = "This path takes requests of the method " + method + " only.";
            Replies.refuse(http, 400, JsonRpcError.of(id, JsonRpcError.INVALID_REQUEST, reason));
        }
    }

    private void reply(RoutingContext http, Request request, UnaryOperator<Buffer> form) {
        if (gate.enter(http, request.id())) {
            StatefulReply reply = new StatefulReply(
                    request.id(), new PlainWire(http, gate, form), metrics.begin(Era.PLAIN, request, true));
            dispatcher.dispatch(new Call(
                    request,
                    new Lazy<>(() -> protocol.single(Transport.STREAMABLE_HTTP, ClientProfile.UNKNOWN)),
                    ToolClient.SILENT,
                    reply,
                    Optional.of(http)));
        }
    }

    private static void refuseOthers(Router router, String method, String allowed) {
        router.route("/" + method).order(ORDER + 3).handler(http -> {
            http.response().putHeader(HttpHeaders.ALLOW, allowed);
            Replies.refuse(http, 405, "This path takes " + allowed + ".");
        });
    }
}
