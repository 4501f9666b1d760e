package io.mcpserver.mcp.edge;

import io.mcpserver.config.LiveConfig;
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
import java.util.function.Supplier;

/**
 * Reads bodies into memory, up to {@code transport.max_body_size}, and no longer than {@code
 * performance.request_timeout}.
 */
@Singleton
public class Bodies {

    private static final long SWEEP_MILLIS = 1_000;

    /** What holds for a body from its first byte to its last. */
    private record Rules(long limit, Duration longest, BodyHandler reader) {

        static Rules of(ServerConfig config) {
            long limit = config.transport().maxBodySize();
            return new Rules(
                    limit,
                    config.performance().requestTimeout(),
                    BodyHandler.create(false).setBodyLimit(limit));
        }
    }

    private record Coming(Rules rules, long began) {}

    private final Supplier<Rules> rules;
    private final Map<RoutingContext, Coming> coming = new ConcurrentHashMap<>();

    Bodies(LiveConfig config, Vertx vertx) {
        rules = config.derived(Rules::of);
        vertx.setPeriodic(SWEEP_MILLIS, timer -> refuseSlow());
    }

    /** Has the route read the body before its next handler runs; longer and slower ones are refused. */
    public void register(Route route) {
        route.handler(this::read).handler(this::whole).failureHandler(this::failed);
    }

    private void read(RoutingContext http) {
        Rules now = rules.get();
        if (announced(http) > now.limit()) {
            refuse(http, now.limit());
        } else {
            coming.put(http, new Coming(now, System.nanoTime()));
            http.request().resume();
            now.reader().handle(http);
        }
    }

    private void whole(RoutingContext http) {
        // One that came too late was answered already.
        if (coming.remove(http) != null) {
            http.next();
        }
    }

    private void failed(RoutingContext http) {
        Coming failed = coming.remove(http);
        if (http.statusCode() == 413 && !http.response().ended()) {
            refuse(http, (failed == null ? rules.get() : failed.rules()).limit());
        } else {
            http.next();
        }
    }

    private static void refuse(RoutingContext http, long limit) {
        Replies.refuse(http, 413, "The body is longer than transport.max_body_size, " + limit + " bytes.");
    }

    private void refuseSlow() {
        long now = System.nanoTime();
        coming.forEach((http, body) -> {
            Duration longest = body.rules().longest();
            boolean gone = http.response().ended() || http.response().closed();
            if (gone) {
                coming.remove(http);
            } else if (now - body.began() > longest.toNanos() && coming.remove(http) != null) {
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
