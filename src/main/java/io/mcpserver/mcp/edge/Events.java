package io.mcpserver.mcp.edge;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** Server-sent events. */
final class Events {

    static final String TYPE = "text/event-stream";

    private static final Buffer BEGIN = Buffer.buffer("event: message\ndata: ");
    private static final Buffer END = Buffer.buffer("\n\n");

    private Events() {}

    /** Refuses a request for a stream that brings a body: what is left of it would hide that the client has gone. */
    static boolean refusesBody(RoutingContext http) {
        String length = http.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        boolean none = (length == null || length.equals("0"))
                && !http.request().headers().contains(HttpHeaders.TRANSFER_ENCODING);
        if (!none) {
            Replies.refuse(http, 400, "A request for a stream has no body.");
        }
        return !none;
    }

    /** Makes the answer a stream of events, which no proxy is to hold back or keep. */
    static void begin(RoutingContext http) {
        // Whatever follows the head is thrown away; unread, it would hide that the client has gone.
        http.request().resume();
        http.response()
                .setChunked(true)
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
