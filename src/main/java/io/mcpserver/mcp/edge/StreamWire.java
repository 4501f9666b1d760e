package io.mcpserver.mcp.edge;

import io.mcpserver.mcp.call.Wire;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers on a stream that outlives the request. */
final class StreamWire implements Wire {

    private final HttpServerResponse stream;
    private final OpenCalls calls;
    private final AtomicInteger inFlight;
    private final AtomicBoolean over = new AtomicBoolean();

    /** @param inFlight counts this call until it is answered */
    StreamWire(HttpServerResponse stream, OpenCalls calls, AtomicInteger inFlight) {
        this.stream = stream;
        this.calls = calls;
        this.inFlight = inFlight;
        inFlight.incrementAndGet();
        calls.enterElsewhere(this);
    }

    static void write(HttpServerResponse stream, Buffer message) {
        if (!stream.ended() && !stream.closed()) {
            stream.write(Events.of(message));
        }
    }

    @Override
    public void notify(JsonObject notification) {
        if (!stream.writeQueueFull()) {
            write(stream, notification.toBuffer());
        }
    }

    @Override
    public void send(JsonObject request) {
        write(stream, request.toBuffer());
    }

    @Override
    public void answer(int status, Buffer message) {
        if (end()) {
            write(stream, message);
        }
    }

    @Override
    public void stayOpen(Runnable closing) {
        throw new UnsupportedOperationException("Only stateless requests stay open, and they have no session");
    }

    @Override
    public void abandon() {
        end();
    }

    private boolean end() {
        boolean first = over.compareAndSet(false, true);
        if (first) {
            inFlight.decrementAndGet();
            calls.answered(this);
        }
        return first;
    }

    @Override
    public void whenGone(Runnable then) {
        if (stream.ended() || stream.closed()) {
            then.run();
        }
    }
}
