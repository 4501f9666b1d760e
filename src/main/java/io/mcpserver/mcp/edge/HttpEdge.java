package io.mcpserver.mcp.edge;

import io.mcpserver.config.LiveConfig;
import io.mcpserver.config.Loopback;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.config.ServerConfig.TransportType;
import io.mcpserver.mcp.message.JsonRpcError;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Puts the routes of this program in front of those of the extension; only the chosen transport answers. */
@Singleton
class HttpEdge {

    private static final Logger LOG = Logger.getLogger(HttpEdge.class);

    /** Before every route of the framework and the extension that answers anything. */
    private static final int DOOR = -30_000;

    private static final int TRANSPORT = -20_000;

    private static final String INVALID_HTTP = "The request is no valid HTTP: its Host or its path.";

    private static final String OFF = "Another transport is configured; see transport.type.";

    void register(
            @Observes Router router,
            LiveConfig live,
            OpenCalls calls,
            OpenStreams streams,
            Instance<EdgeMetrics> metrics,
            Instance<AnswerTimes> answerTimes,
            Instance<StreamableHttp> streamableHttp,
            Instance<LegacySse> legacySse) {
        ServerConfig config = live.now();
        TransportType type = config.transport().type();
        if (type == TransportType.STDIO) {
            return;
        }
        if (config.transport().allowedHosts().isEmpty()
                && !Loopback.is(config.transport().host())) {
            LOG.warnf(
                    "Bound to %s with transport.allowed_hosts empty: only loopback names will be let in. List the "
                            + "names under which clients reach this server.",
                    config.transport().host());
        }
        metrics.get().register();
        // A request without Host, or with a path that is none, reaches no route.
        AnswerTimes times = answerTimes.get();
        router.errorHandler(400, http -> {
            times.watch(http);
            Replies.refuse(http, 400, INVALID_HTTP);
        });
        Door door = new Door(live, calls);
        router.route().order(DOOR).handler(times::watchAndGoOn).handler(door).failureHandler(HttpEdge::failed);
        streams.onlyFor(door::stillAdmits);
        live.onChange((before, after) -> streams.endRefused());
        if (type == TransportType.HTTP_STREAM) {
            streamableHttp.get().register(router, TRANSPORT);
        } else {
            legacySse.get().register(router, TRANSPORT);
        }
        // What the extension would answer by itself.
        router.route("/mcp*").order(TRANSPORT + 10).handler(http -> Replies.refuse(http, 404, OFF));
    }

    /** What nobody foresaw is logged; the client learns no more than that it happened. */
    private static void failed(RoutingContext http) {
        if (http.failure() == null || http.response().headWritten()) {
            http.next();
            return;
        }
        if (http.statusCode() >= 400 && http.statusCode() < 500) {
            Replies.refuse(http, http.statusCode(), INVALID_HTTP);
            return;
        }
        LOG.errorf(http.failure(), "%s could not be answered", http.normalizedPath());
        Replies.refuse(http, 500, JsonRpcError.of(null, JsonRpcError.INTERNAL_ERROR, "Internal error"));
    }
}
