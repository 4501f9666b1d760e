package io.mcpserver.mcp.edge;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The event streams that clients listen to. Each gets a comment line every 15 seconds, so that nothing between client and server takes it for dead, until it is closed.
 */
@Singleton
public class OpenStreams {

    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

    private static final String COMMENT = ": keep-alive\n\n";

    private final Map<HttpServerResponse, Runnable> streams = new ConcurrentHashMap<>();

    @Inject
    OpenStreams(Vertx vertx) {
        this(vertx, KEEP_ALIVE);
    }

    /** @param every time between two comment lines */
    OpenStreams(Vertx vertx, Duration every) {
        vertx.setPeriodic(every.toMillis(), timer -> streams.forEach(OpenStreams::keepAlive));
    }

    /** Keeps the stream that answers this request alive as soon as its head is written. */
    void add(RoutingContext http) {
        add(http, () -> {});
    }

    /** Does the same, and runs {@code alive} with every comment line. */
    void add(RoutingContext http, Runnable alive) {
        HttpServerResponse response = http.response();
        streams.put(response, alive);
        http.addEndHandler(ended -> streams.remove(response));
        if (response.ended() || response.closed()) {
            streams.remove(response);
        }
    }

    public int count() {
        return streams.size();
    }

    /** Ends every stream in an orderly way. */
    public void closeAll() {
        for (HttpServerResponse stream : streams.keySet()) {
            if (!stream.ended() && !stream.closed()) {
                stream.end();
            }
        }
    }

    private static void keepAlive(HttpServerResponse stream, Runnable alive) {
        if (stream.headWritten() && !stream.ended() && !stream.closed()) {
            stream.write(COMMENT);
            alive.run();
        }
    }
}
