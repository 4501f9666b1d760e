package io.mcpserver.mcp.edge;

import io.mcpserver.mcp.extension.Protocol;
import io.mcpserver.mcp.extension.Sessions;
import io.mcpserver.mcp.message.Incoming;
import io.mcpserver.mcp.message.Incoming.Request;
import io.mcpserver.mcp.message.JsonRpcError;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.List;

/** Streamable HTTP on {@code /mcp} and {@code /stream}: what must hold before the extension answers. */
@Singleton
class StreamableHttp {

    private static final String PATH = "/mcp";
    private static final String ALIAS = "/stream";
    private static final String SESSION = "Mcp-Session-Id";
    private static final String REVISION = "Mcp-Protocol-Version";
    private static final String EVENTS = "text/event-stream";
    private static final String NO_SESSION =
            "There is no session yet: send initialize first, then its Mcp-Session-Id with every message.";

    private final MessageGate gate;
    private final Bodies bodies;
    private final OpenStreams streams;
    private final Sessions sessions;
    private final SessionLimit limit;

    StreamableHttp(MessageGate gate, Bodies bodies, OpenStreams streams, Sessions sessions, SessionLimit limit) {
        this.limit = limit;
        this.gate = gate;
        this.bodies = bodies;
        this.streams = streams;
        this.sessions = sessions;
    }

    void register(Router router, int order) {
        router.route(ALIAS).order(order).handler(this::alias);
        router.route(PATH).order(order + 1).handler(this::head);
        bodies.register(router.post(PATH).order(order + 2));
        router.post(PATH).order(order + 3).handler(this::message);
    }

    private void alias(RoutingContext http) {
        boolean listens =
                http.request().method() == HttpMethod.GET && http.request().getHeader(SESSION) == null;
        if (listens) {
            listen(http);
        } else {
            http.reroute(PATH);
        }
    }

    /** A plain listener, such as curl: it hears nothing but that the server is there. */
    private void listen(RoutingContext http) {
        http.response()
                .setChunked(true)
                .putHeader(HttpHeaders.CONTENT_TYPE, EVENTS)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .write(": listening\n\n");
        streams.add(http);
    }

    private void head(RoutingContext http) {
        HttpMethod method = http.request().method();
        if (method == HttpMethod.POST) {
            if (hasUsableHeaders(http) && gate.allowHead(http)) {
                http.next();
            }
        } else if (method == HttpMethod.GET || method == HttpMethod.DELETE) {
            if (http.request().getHeader(SESSION) == null) {
                http.response().putHeader(HttpHeaders.ALLOW, "POST");
                Replies.refuse(http, 405, "Without a session this endpoint takes POST only.");
            } else if (knowsSession(http)) {
                if (method == HttpMethod.GET) {
                    String session = http.request().getHeader(SESSION);
                    streams.add(http, () -> sessions.touch(session));
                }
                http.next();
            }
        } else {
            http.response().putHeader(HttpHeaders.ALLOW, "GET, POST, DELETE");
            Replies.refuse(http, 405, "This endpoint takes GET, POST and DELETE.");
        }
    }

    private boolean hasUsableHeaders(RoutingContext http) {
        HttpServerRequest request = http.request();
        List<String> accepts = request.headers().getAll(HttpHeaders.ACCEPT);
        if (accepts.isEmpty() || accepts.stream().anyMatch(accept -> accept.contains("*/*"))) {
            request.headers().set(HttpHeaders.ACCEPT, "application/json, " + EVENTS);
        } else if (accepts.stream().noneMatch(accept -> accept.contains("application/json"))
                || accepts.stream().noneMatch(accept -> accept.contains(EVENTS))) {
            Replies.refuse(http, 406, "The Accept header must name both application/json and text/event-stream.");
            return false;
        }
        String revision = request.getHeader(REVISION);
        if (revision != null && !Protocol.revisions().contains(revision)) {
            Replies.refuse(
                    http,
                    400,
                    "The revision in Mcp-Protocol-Version is not spoken here; known are " + Protocol.revisions() + ".");
            return false;
        }
        return knowsSession(http);
    }

    private boolean knowsSession(RoutingContext http) {
        String session = http.request().getHeader(SESSION);
        if (session != null && !sessions.exists(session)) {
            Replies.refuse(http, 404, "There is no such session: send initialize without a session to begin one.");
            return false;
        }
        return true;
    }

    private void message(RoutingContext http) {
        gate.admit(http).ifPresent(message -> {
            if (http.request().getHeader(SESSION) != null) {
                http.next();
            } else if (!begins(message)) {
                Object id = message instanceof Request request ? request.id() : null;
                Replies.refuse(http, 400, JsonRpcError.of(id, JsonRpcError.INVALID_REQUEST, NO_SESSION));
            } else if (limit.allowsOneMore()) {
                http.next();
            } else {
                Replies.refuse(http, 503, "Too many sessions are open; end one with DELETE, or try again later.");
            }
        });
    }

    private static boolean begins(Incoming message) {
        return message instanceof Request request && "initialize".equals(request.method());
    }
}
