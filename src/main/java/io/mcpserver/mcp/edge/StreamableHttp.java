package io.mcpserver.mcp.edge;

import io.mcpserver.mcp.message.Incoming;
import io.mcpserver.mcp.message.Incoming.Request;
import io.mcpserver.mcp.message.JsonRpcError;
import io.mcpserver.mcp.message.RequestMeta;
import io.mcpserver.mcp.message.Revisions;
import io.mcpserver.mcp.stateless.Stateless;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/**
 * Streamable HTTP on {@code /mcp} and {@code /stream}, every revision: what must hold for any message, and to which of
 * the two kinds of revision it belongs.
 */
@Singleton
class StreamableHttp {

    static final CharSequence SESSION = HttpHeaders.createOptimized("Mcp-Session-Id");

    static final List<String> PATHS = List.of("/mcp", "/stream");
    private static final CharSequence REVISION = HttpHeaders.createOptimized("Mcp-Protocol-Version");

    private final MessageGate gate;
    private final Bodies bodies;
    private final OpenStreams streams;
    private final OpenCalls openCalls;
    private final SessionHttp sessions;
    private final Stateless stateless;

    StreamableHttp(
            MessageGate gate,
            Bodies bodies,
            OpenStreams streams,
            OpenCalls openCalls,
            SessionHttp sessions,
            Stateless stateless) {
        this.gate = gate;
        this.bodies = bodies;
        this.streams = streams;
        this.openCalls = openCalls;
        this.sessions = sessions;
        this.stateless = stateless;
    }

    void register(Router router, int order) {
        for (String path : PATHS) {
            router.route(path).order(order).handler(this::head);
            bodies.register(router.post(path).order(order + 1));
            router.post(path).order(order + 2).handler(this::message);
        }
    }

    private void head(RoutingContext http) {
        HttpMethod method = http.request().method();
        String revision = http.request().getHeader(REVISION);
        if (method == HttpMethod.POST) {
            if (hasUsableHeaders(http) && gate.allowHead(http)) {
                http.next();
            }
        } else if (isStateless(revision)) {
            refuseMethod(http, "POST", "In revision " + revision + " this endpoint takes POST only.");
        } else if (method == HttpMethod.GET) {
            if (Events.refusesBody(http)) {
                return;
            }
            if (http.request().getHeader(SESSION) != null) {
                sessions.listen(http);
            } else if (http.normalizedPath().equals("/stream")) {
                listen(http);
            } else {
                refuseMethod(http, "POST", "Without a session this endpoint takes POST only.");
            }
        } else if (method == HttpMethod.DELETE) {
            if (http.request().getHeader(SESSION) != null) {
                sessions.end(http);
            } else {
                refuseMethod(http, "POST", "Without a session this endpoint takes POST only.");
            }
        } else {
            refuseMethod(http, "GET, POST, DELETE", "This endpoint takes GET, POST and DELETE.");
        }
    }

    private static void refuseMethod(RoutingContext http, String allowed, String reason) {
        http.response().putHeader(HttpHeaders.ALLOW, allowed);
        Replies.refuse(http, 405, reason);
    }

    /** A plain listener, such as curl: it hears nothing but that the server is there. */
    private void listen(RoutingContext http) {
        Events.begin(http);
        http.response().write(": listening\n\n");
        streams.add(http);
    }

    private static boolean hasUsableHeaders(RoutingContext http) {
        HttpServerRequest request = http.request();
        List<String> accepts = request.headers().getAll(HttpHeaders.ACCEPT);
        String accepted = String.join(",", accepts);
        boolean takesBoth = accepts.isEmpty()
                || accepted.contains("*/*")
                || accepted.contains("application/json") && accepted.contains(Events.TYPE);
        if (!takesBoth) {
            Replies.refuse(http, 406, "The Accept header must name both application/json and " + Events.TYPE + ".");
        }
        return takesBoth;
    }

    private void message(RoutingContext http) {
        String revision = http.request().getHeader(REVISION);
        gate.read(http).ifPresent(message -> {
            if (isStateless(message, revision)) {
                stateless(http, message);
            } else if (revision != null && !Revisions.STATEFUL.contains(revision)) {
                refuseRevision(http, message, revision);
            } else {
                sessions.message(http, message);
            }
        });
    }

    private static boolean isStateless(String revision) {
        return revision != null && Revisions.STATELESS.contains(revision);
    }

    private static boolean isStateless(Incoming message, String revision) {
        return isStateless(revision)
                || message instanceof Request request
                        && (RequestMeta.saysRevision(request.json()) || Stateless.isOwn(request.method()));
    }

    private void stateless(RoutingContext http, Incoming message) {
        switch (message) {
            case Request request -> {
                if (gate.enter(http, request.id())) {
                    PostWire wire = new PostWire(http, streams, openCalls);
                    Runnable cancel = stateless.handle(request, wire, Door.callerOf(http), Optional.of(http));
                    wire.whenGone(cancel);
                }
            }
            case Incoming.Notification notification ->
                http.response().setStatusCode(202).end();
            default -> Replies.refuse(http, 400, "In this revision a client sends requests and notifications only.");
        }
    }

    private static void refuseRevision(RoutingContext http, Incoming message, String revision) {
        Object id = message instanceof Request request ? request.id() : null;
        JsonObject data = new JsonObject()
                .put("supported", new JsonArray(Revisions.ALL))
                .put("requested", revision.length() > 60 ? "" : revision);
        Replies.refuse(
                http,
                400,
                JsonRpcError.of(
                        id,
                        JsonRpcError.UNSUPPORTED_REVISION,
                        "The revision in Mcp-Protocol-Version is not spoken here; known are " + Revisions.ALL + ".",
                        data));
    }
}
