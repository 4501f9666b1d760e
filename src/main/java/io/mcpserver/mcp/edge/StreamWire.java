package io.mcpserver.mcp.edge;

import io.mcpserver.mcp.call.Wire;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** Answers on a stream that outlives the request. */
final class StreamWire implements Wire {

    private final HttpServerResponse stream;
    private final OpenCalls calls;

    StreamWire(HttpServerResponse stream, OpenCalls calls) {
        this.stream = stream;
        this.calls = calls;
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
    public void ask(JsonObject request) {
        write(stream, request.toBuffer());
    }

    @Override
    public void answer(int status, Buffer message) {
        write(stream, message);
        calls.answered(this);
    }

    @Override
    public void stayOpen(Runnable closing) {
        throw new UnsupportedOperationException("Only stateless requests stay open, and they have no session");
    }

    @Override
    public void abandon() {
        calls.answered(this);
    }

    @Override
    public void whenGone(Runnable then) {
        if (stream.ended() || stream.closed()) {
            then.run();
        }
    }
}
