package io.mcpserver.mcp.edge;

import io.mcpserver.mcp.extension.Sessions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/** HTTP+SSE of revision 2024-11-05 on {@code /sse}: what must hold before the extension answers. */
@Singleton
class LegacySse {

    private static final String PATH = "/mcp/sse";
    private static final String ALIAS = "/sse";
    private static final String MESSAGES = "/mcp/messages/:id";

    private final MessageGate gate;
    private final Bodies bodies;
    private final OpenStreams streams;
    private final Sessions sessions;

    LegacySse(MessageGate gate, Bodies bodies, OpenStreams streams, Sessions sessions) {
        this.gate = gate;
        this.bodies = bodies;
        this.streams = streams;
        this.sessions = sessions;
    }

    void register(Router router, int order) {
        router.route(ALIAS).order(order).handler(http -> http.reroute(PATH));
        router.route(PATH).order(order + 1).handler(this::open);
        router.route(MESSAGES).order(order + 1).handler(this::head);
        bodies.register(router.post(MESSAGES).order(order + 2));
        router.post(MESSAGES).order(order + 3).handler(http -> gate.admit(http).ifPresent(message -> http.next()));
    }

    private void open(RoutingContext http) {
        if (http.request().method() != HttpMethod.GET) {
            http.response().putHeader(HttpHeaders.ALLOW, "GET");
            Replies.refuse(http, 405, "This endpoint takes GET only: it opens the stream, which names where to post.");
        } else {
            http.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            streams.add(http);
            http.next();
        }
    }

    private void head(RoutingContext http) {
        if (http.request().method() != HttpMethod.POST) {
            http.response().putHeader(HttpHeaders.ALLOW, "POST");
            Replies.refuse(http, 405, "This endpoint takes POST only.");
        } else if (!sessions.exists(http.pathParam("id"))) {
            Replies.refuse(http, 404, "There is no such session: open " + ALIAS + " to begin one.");
        } else if (gate.allowHead(http)) {
            http.next();
        }
    }
}
