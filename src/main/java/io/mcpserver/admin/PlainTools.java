package io.mcpserver.admin;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.config.ServerConfig.TransportType;
import io.mcpserver.mcp.edge.Bodies;
import io.mcpserver.mcp.edge.MessageGate;
import io.mcpserver.mcp.edge.Replies;
import io.mcpserver.mcp.extension.Protocol;
import io.mcpserver.mcp.message.Incoming;
import io.mcpserver.mcp.message.Incoming.Request;
import io.mcpserver.mcp.message.JsonRpcError;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/**
 * The tools without a session: {@code GET /tools/list} answers {@code {"tools": […]}}; {@code POST
 * /tools/list} and {@code POST /tools/call} take the JSON-RPC request of the same method.
 */
@Singleton
class PlainTools {

    private static final Logger LOG = Logger.getLogger(PlainTools.class);

    private static final String LIST = "tools/list";
    private static final String CALL = "tools/call";
    private static final int ORDER = -10_000;

    private final Protocol protocol;
    private final MessageGate gate;
    private final Bodies bodies;

    PlainTools(Protocol protocol, MessageGate gate, Bodies bodies) {
        this.protocol = protocol;
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
        JsonObject request = new JsonObject().put("jsonrpc", "2.0").put("id", 1).put("method", LIST);
        if (gate.enter(http, 1)) {
            reply(http, request, protocol.answer(request, http).map(PlainTools::resultOrError));
        }
    }

    private static JsonObject resultOrError(JsonObject answer) {
        return answer.containsKey("result") ? answer.getJsonObject("result") : answer;
    }

    private void accept(Router router, String method) {
        String path = "/" + method;
        router.post(path).order(ORDER).handler(http -> {
            if (gate.allowHead(http)) {
                http.next();
            }
        });
        bodies.register(router.post(path).order(ORDER + 1));
        router.post(path).order(ORDER + 2).handler(http -> gate.admit(http)
                .ifPresent(message -> answer(http, message, method)));
    }

    private void answer(RoutingContext http, Incoming message, String method) {
        if (message instanceof Request request && request.method().equals(method)) {
            reply(http, request.json(), protocol.answer(request.json(), http));
        } else {
            Object id = message instanceof Request request ? request.id() : null;
            String reason = "This path takes requests of the method " + method + " only.";
            Replies.refuse(http, 400, JsonRpcError.of(id, JsonRpcError.INVALID_REQUEST, reason));
        }
    }

    private static void reply(RoutingContext http, JsonObject request, Future<JsonObject> answer) {
        answer.onComplete(result -> {
            if (http.response().ended() || http.response().closed()) {
                return;
            }
            if (result.succeeded()) {
                Replies.json(http, 200, result.result());
            } else {
                LOG.errorf(result.cause(), "%s could not be answered", request.getString("method"));
                Replies.json(
                        http,
                        200,
                        JsonRpcError.of(request.getValue("id"), JsonRpcError.INTERNAL_ERROR, "Internal error"));
            }
        });
    }

    private static void refuseOthers(Router router, String method, String allowed) {
        router.route("/" + method).order(ORDER + 3).handler(http -> {
            http.response().putHeader(HttpHeaders.ALLOW, allowed);
            Replies.refuse(http, 405, "This path takes " + allowed + ".");
        });
    }
}
