package io.mcpserver.admin;

import io.mcpserver.mcp.call.Wire;
import io.mcpserver.mcp.edge.MessageGate;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** Answers one plain HTTP request with a JSON body; nothing else can be said. */
final class PlainWire implements Wire {

    private final RoutingContext http;
    private final HttpServerResponse response;
    private final MessageGate gate;
    private final UnaryOperator<Buffer> form;

    /** @param form what becomes of the JSON-RPC answer */
    PlainWire(RoutingContext http, MessageGate gate, UnaryOperator<Buffer> form) {
        this.http = http;
        this.response = http.response();
        this.gate = gate;
        this.form = form;
    }

    @Override
    public void notify(JsonObject notification) {
        // There is no stream for it.
    }

    @Override
    public void send(JsonObject request) {
        // There is no way to answer it.
    }

    @Override
    public synchronized void answer(int status, Buffer message) {
        if (!response.ended() && !response.closed()) {
            response.setStatusCode(status)
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .end(form.apply(message));
        }
    }

    @Override
    public void stayOpen(Runnable closing) {
        throw new UnsupportedOperationException("A plain request is answered once");
    }

    @Override
    public void mayTake(Duration time) {
        gate.mayTake(http, time);
    }

    @Override
    public synchronized void abandon() {
        if (!response.ended() && !response.closed()) {
            response.setStatusCode(204).end();
        }
    }

    @Override
    public void whenGone(Runnable then) {
        // What was begun is finished.
    }
}
