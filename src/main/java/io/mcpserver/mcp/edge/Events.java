package io.mcpserver.mcp.edge;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/** Server-sent events. */
final class Events {

    static final String TYPE = "text/event-stream";

    private static final Buffer BEGIN = Buffer.buffer("event: message\ndata: ");
    private static final Buffer END = Buffer.buffer("\n\n");

    private Events() {}

    /** Makes the answer a stream of events, which no proxy is to hold back or keep. */
    static void begin(HttpServerResponse response) {
        response.setChunked(true)
                .putHeader(HttpHeaders.CONTENT_TYPE, TYPE)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("X-Accel-Buffering", "no");
    }

    /** A message as an event; its JSON has no line breaks. */
    static Buffer of(Buffer message) {
        return Buffer.buffer(BEGIN.length() + message.length() + END.length())
                .appendBuffer(BEGIN)
                .appendBuffer(message)
                .appendBuffer(END);
    }
}
