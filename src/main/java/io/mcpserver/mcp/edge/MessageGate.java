package io.mcpserver.mcp.edge;

import io.mcpserver.mcp.message.Incoming;
import io.mcpserver.mcp.message.Incoming.Refused;
import io.mcpserver.mcp.message.MessageReader;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Lets through only bodies that are one well-formed message; everything else is answered here, so
 * that it leaves nothing behind.
 */
@Singleton
public class MessageGate {

    private final OpenCalls calls;

    MessageGate(OpenCalls calls) {
        this.calls = calls;
    }

    /** Refuses what does not say that it is JSON; {@code true} if the body may be read. */
    public boolean allowHead(RoutingContext http) {
        String type = http.request().getHeader(HttpHeaders.CONTENT_TYPE);
        if (!isJson(type)) {
            Replies.refuse(http, 415, "The body must be sent with Content-Type: application/json.");
            return false;
        }
        return true;
    }

    /** Reads the body as one message; empty where it is none and the HTTP request was answered. */
    public Optional<Incoming> read(RoutingContext http) {
        byte[] body = http.body().buffer() == null
                ? new byte[0]
                : http.body().buffer().getBytes();
        Incoming message = MessageReader.read(body);
        if (message instanceof Refused refused) {
            Replies.refuse(http, 400, refused.toJson());
            return Optional.empty();
        }
        return Optional.of(message);
    }

    /**
     * Counts a call as open until it is answered.
     *
     * @return {@code false} if the server lets no more in and has said so
     */
    public boolean enter(RoutingContext http, Object id) {
        boolean entered = calls.enter(http, id);
        if (!entered) {
            Replies.refuseWhileEnding(http);
        }
        return entered;
    }

    /** Lets a call that was let in take so long, if that is more than what holds for all. */
    public void mayTake(RoutingContext http, Duration time) {
        calls.mayTake(http, time);
    }

    private static boolean isJson(String contentType) {
        if (contentType == null) {
            return false;
        }
        int end = contentType.indexOf(';');
        String type =
                (end < 0 ? contentType : contentType.substring(0, end)).trim().toLowerCase(Locale.ROOT);
        return type.equals("application/json") || type.endsWith("+json");
    }
}
