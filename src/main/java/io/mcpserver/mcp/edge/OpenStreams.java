package io.mcpserver.mcp.edge;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The event streams that clients listen to. Each gets a comment line every {@value #KEEP_ALIVE_MILLIS}
 * milliseconds, so that nothing between client and server takes it for dead, until it is closed.
 */
@Singleton
public class OpenStreams {

    static final long KEEP_ALIVE_MILLIS = 15_000;

    private static final String COMMENT = ": keep-alive\n\n";

    private final Set<HttpServerResponse> streams = ConcurrentHashMap.newKeySet();

    OpenStreams(Vertx vertx) {
        vertx.setPeriodic(KEEP_ALIVE_MILLIS, timer -> streams.forEach(OpenStreams::keepAlive));
    }

    /** Keeps the stream that answers this request alive as soon as its head is written. */
    void add(RoutingContext http) {
        HttpServerResponse response = http.response();
        streams.add(response);
        http.addEndHandler(ended -> streams.remove(response));
    }

    public int count() {
        return streams.size();
    }

    /** Ends every stream in an orderly way. */
    public void closeAll() {
        for (HttpServerResponse stream : streams) {
            if (!stream.ended() && !stream.closed()) {
                stream.end();
            }
        }
    }

    private static void keepAlive(HttpServerResponse stream) {
        if (stream.headWritten() && !stream.ended() && !stream.closed()) {
            stream.write(COMMENT);
        }
    }
}
