package io.mcpserver.mcp.edge;

import io.mcpserver.config.ServerConfig;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads bodies into memory, up to {@code transport.max_body_size}, and no longer than {@code
 * performance.request_timeout}.
 */
@Singleton
public class Bodies {

    private static final long SWEEP_MILLIS = 1_000;

    private final long limit;
    private final Duration longest;
    private final BodyHandler reader;
    private final Map<RoutingContext, Long> coming = new ConcurrentHashMap<>();

    Bodies(ServerConfig config, Vertx vertx) {
        limit = config.transport().maxBodySize();
        longest = config.performance().requestTimeout();
        reader = BodyHandler.create(false).setBodyLimit(limit);
        vertx.setPeriodic(SWEEP_MILLIS, timer -> refuseSlow());
    }

    /** Has the route read the body before its next handler runs; longer and slower ones are refused. */
    public void register(Route route) {
        route.handler(this::read).handler(this::whole).failureHandler(this::failed);
    }

    private void read(RoutingContext http) {
        if (announced(http) > limit) {
            refuse(http);
        } else {
            coming.put(http, System.nanoTime());
            http.request().resume();
            reader.handle(http);
        }
    }

    private void whole(RoutingContext http) {
        // One that came too late was answered already.
        if (coming.remove(http) != null) {
            http.next();
        }
    }

    private void failed(RoutingContext http) {
        coming.remove(http);
        if (http.statusCode() == 413 && !http.response().ended()) {
            refuse(http);
        } else {
            http.next();
        }
    }

    private void refuse(RoutingContext http) {
        Replies.refuse(http, 413, "The body is longer than transport.max_body_size, " + limit + " bytes.");
    }

    private void refuseSlow() {
        long now = System.nanoTime();
        coming.forEach((http, began) -> {
            boolean gone = http.response().ended() || http.response().closed();
            if (gone) {
                coming.remove(http);
            } else if (now - began > longest.toNanos() && coming.remove(http) != null) {
                Replies.refuse(
                        http,
                        408,
                        "The body did not come within performance.request_timeout, " + longest.toSeconds() + " s.");
            }
        });
    }

    private static long announced(RoutingContext http) {
        String length = http.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
