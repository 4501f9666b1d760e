package io.mcpserver.mcp.edge;

import io.mcpserver.mcp.session.SessionStream;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** A stream of events that answers a GET. Threads: safe for any number of callers. */
record EventStream(HttpServerResponse response) implements SessionStream {

    @Override
    public void send(JsonObject message) {
        if (isOpen() && !response.writeQueueFull()) {
            response.write(Events.of(message.toBuffer()));
        }
    }

    @Override
    public void close() {
        if (isOpen()) {
            response.end();
        }
    }

    private boolean isOpen() {
        return !response.ended() && !response.closed();
    }
}
