package io.mcpserver.mcp.testing;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;

/** A talk over HTTP+SSE: what is said is posted, everything is heard on one stream. */
public final class SseTalk extends Talk {

    private final URI server;
    private final EventReader events;
    private final String endpoint;

    /** Opens the stream and begins a session on it. */
    public SseTalk(URI server, JsonObject capabilities) {
        this(server, "/sse", capabilities);
    }

    /** The same at an address of the stream with a query. */
    public SseTalk(URI server, String path, JsonObject capabilities) {
        this.server = server;
        try {
            var socket = RawHttp.get(server, path)
                    .header("Accept", "text/event-stream")
                    .open();
            socket.setSoTimeout(0);
            this.events = new EventReader(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.endpoint = events.next("endpoint");
        Thread.ofVirtual().start(this::listen);
        initialize(capabilities);
    }

    @Override
    public void say(JsonObject message) {
        int status = RawHttp.post(server, endpoint, message.encode()).send().status();
        if (status != 202) {
            throw new AssertionError("Not accepted: " + status + " for " + message);
        }
    }

    @Override
    public void close() {
        try {
            events.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void listen() {
        try {
            while (true) {
                hears(events.nextMessage());
            }
        } catch (AssertionError | UncheckedIOException ended) {
            // What came before is all that came.
        }
    }
}
