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
import org.jboss.logging.Logger;

/**
 * The event streams that clients listen to. Each gets a comment line every 15 seconds, so that nothing between client and
 * server takes it for dead, until it is closed. One whose client reads nothing for a minute is cut off.
 */
@Singleton
public class OpenStreams {

    private static final Logger LOG = Logger.getLogger(OpenStreams.class);

    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

    private static final String COMMENT = ": keep-alive\n\n";

    private static final int LONGEST_UNREAD = 4;

    private static final Runnable NOTHING = () -> {};

    private final Map<HttpServerResponse, Stream> streams = new ConcurrentHashMap<>();
    private volatile Predicate<RoutingContext> mayListen = http -> true;

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
        Stream stream = new Stream(http, closing);
        if (streams.put(response, stream) == null) {
            http.addEndHandler(ended -> streams.remove(response));
        }
        if (response.ended() || response.closed()) {
            streams.remove(response);
        }
        // Who came in just before the rules changed adds its stream after the others were looked at.
        if (!mayListen.test(http)) {
            end(stream);
        }
    }

    /** Says whose streams may stay open; asked for each that is added, and for all by {@link #endRefused}. */
    void onlyFor(Predicate<RoutingContext> rule) {
        mayListen = rule;
    }

    public int count() {
        return streams.size();
    }

    /** Ends every stream in an orderly way. */
    public void closeAll() {
        streams.values().forEach(OpenStreams::end);
    }

    /** Ends in an orderly way the streams that may no longer stay open. */
    void endRefused() {
        streams.values().stream().filter(stream -> !mayListen.test(stream.http)).forEach(OpenStreams::end);
    }

    private static void end(Stream stream) {
        try {
            stream.closing.run();
            stream.end();
        } catch (RuntimeException e) {
            // Its client has left meanwhile; the others are still to be ended.
            LOG.debugf(e, "A stream could not be ended: %s", stream.http.normalizedPath());
        }
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
