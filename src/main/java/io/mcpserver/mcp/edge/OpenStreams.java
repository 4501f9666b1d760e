package io.mcpserver.mcp.edge;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The event streams that clients listen to. Each gets a comment line every 15 seconds, so that nothing between client and
 * server takes it for dead, until it is closed. One whose client reads nothing for a minute is cut off.
 */
@Singleton
public class OpenStreams {

    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

    private static final String COMMENT = ": keep-alive\n\n";

    private static final int LONGEST_UNREAD = 4;

    private static final Runnable NOTHING = () -> {};

    private final Map<HttpServerResponse, Stream> streams = new ConcurrentHashMap<>();

    @Inject
    OpenStreams(Vertx vertx) {
        this(vertx, KEEP_ALIVE);
    }

    /** @param every time between two comment lines */
    OpenStreams(Vertx vertx, Duration every) {
        vertx.setPeriodic(every.toMillis(), timer -> streams.values().forEach(Stream::keepAlive));
    }

    /** Keeps the stream that answers this request alive as soon as its head is written. */
    void add(RoutingContext http) {
        add(http, NOTHING);
    }

    /** Does the same; {@code closing} runs before the server ends the stream. */
    void add(RoutingContext http, Runnable closing) {
        HttpServerResponse response = http.response();
        if (streams.put(response, new Stream(http, closing)) == null) {
            http.addEndHandler(ended -> streams.remove(response));
        }
        if (response.ended() || response.closed()) {
            streams.remove(response);
        }
    }

    public int count() {
        return streams.size();
    }

    /** Ends every stream in an orderly way. */
    public void closeAll() {
        end(http -> true);
    }

    /** Ends the streams of some requests in an orderly way. */
    void end(Predicate<RoutingContext> which) {
        streams.values().stream().filter(stream -> which.test(stream.http)).forEach(stream -> {
            stream.closing.run();
            stream.end();
        });
    }

    /** One stream; touched by the timer only. */
    private static final class Stream {

        private final RoutingContext http;
        private final Runnable closing;
        private int unread;

        Stream(RoutingContext http, Runnable closing) {
            this.http = http;
            this.closing = closing;
        }

        void keepAlive() {
            HttpServerResponse response = http.response();
            if (!response.headWritten() || response.ended() || response.closed()) {
                return;
            }
            unread = response.writeQueueFull() ? unread + 1 : 0;
            if (unread >= LONGEST_UNREAD) {
                http.request().connection().close();
            } else if (unread == 0) {
                // Of a connection that broke over nonsense behind the request, Vert.x tells nobody but who writes.
                response.write(COMMENT).onFailure(gone -> end());
            }
        }

        /** Ends the answer if it has not ended; whoever follows the stream is told by its end handler. */
        void end() {
            HttpServerResponse response = http.response();
            if (!response.ended() && !response.closed()) {
                response.end();
            }
        }
    }
}
