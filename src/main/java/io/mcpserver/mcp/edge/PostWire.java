package io.mcpserver.mcp.edge;

import io.mcpserver.mcp.call.Wire;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Answers one POST: with a JSON body, or, as soon as something is said before the answer, with a stream of events that the
 * answer ends.
 */
final class PostWire implements Wire {

    private final RoutingContext http;
    private final HttpServerResponse response;
    private final OpenStreams streams;
    private final OpenCalls calls;
    private final Queue<Runnable> whenGone = new ConcurrentLinkedQueue<>();
    private boolean streaming;
    private volatile boolean over;
    private volatile boolean gone;

    PostWire(RoutingContext http, OpenStreams streams, OpenCalls calls) {
        this.http = http;
        this.response = http.response();
        this.streams = streams;
        this.calls = calls;
        http.addEndHandler(ended -> left());
    }

    @Override
    public synchronized void notify(JsonObject notification) {
        if (begin() && !response.writeQueueFull()) {
            response.write(Events.of(notification.toBuffer()));
        }
    }

    @Override
    public synchronized void send(JsonObject request) {
        if (begin()) {
            response.write(Events.of(request.toBuffer()));
        }
    }

    @Override
    public synchronized void answer(int status, Buffer message) {
        if (isOver()) {
            return;
        }
        over = true;
        if (streaming) {
            response.end(Events.of(message));
        } else {
            response.setStatusCode(status)
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .end(message);
        }
    }

    @Override
    public synchronized void stayOpen(Runnable closing) {
        if (begin()) {
            streams.add(http, closing);
            calls.leave(http);
        }
    }

    @Override
    public void mayTake(Duration time) {
        calls.mayTake(http, time);
    }

    @Override
    public synchronized void abandon() {
        if (!isOver()) {
            over = true;
            if (!streaming) {
                response.setStatusCode(202);
            }
            response.end();
        }
    }

    @Override
    public void whenGone(Runnable then) {
        if (!over) {
            whenGone.add(then);
            if (gone) {
                left();
            }
        }
    }

    /** Without this object's lock: it runs under one of the connection, which those who answer want while they hold it. */
    private void left() {
        if (!over) {
            gone = true;
            for (Runnable then = whenGone.poll(); then != null; then = whenGone.poll()) {
                then.run();
            }
        }
    }

    private boolean isOver() {
        return over || gone || response.ended() || response.closed();
    }

    private boolean begin() {
        if (isOver()) {
            return false;
        }
        if (!streaming) {
            streaming = true;
            Events.begin(http);
            streams.add(http);
        }
        // A stream that may not stay open has been ended.
        return !isOver();
    }
}
