package io.mcpserver.mcp.edge;

import io.mcpserver.mcp.extension.Sessions;
import io.mcpserver.mcp.message.Incoming;
import io.mcpserver.mcp.message.Incoming.Notification;
import io.mcpserver.mcp.message.Incoming.Refused;
import io.mcpserver.mcp.message.Incoming.Request;
import io.mcpserver.mcp.message.Incoming.Response;
import io.mcpserver.mcp.message.MessageReader;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Optional;

/**
 * Lets through only bodies that are one well-formed message; everything else is answered here, so
 * that it leaves nothing behind.
 */
@Singleton
public class MessageGate {

    private final Sessions sessions;
    private final OpenCalls calls;

    MessageGate(Sessions sessions, OpenCalls calls) {
        this.sessions = sessions;
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

    /**
     * Reads the body of a request and counts the call as open.
     *
     * @return the request to handle; empty where the HTTP request was answered already
     */
    public Optional<Incoming> admit(RoutingContext http) {
        byte[] body = http.body().buffer() == null
                ? new byte[0]
                : http.body().buffer().getBytes();
        Incoming message = MessageReader.read(body);
        switch (message) {
            case Refused refused -> {
                Replies.refuse(http, 400, refused.toJson());
                return Optional.empty();
            }
            case Notification notification
            when !notification.known() -> http.response().setStatusCode(202).end();
            case Response response
            when !sessions.awaitsAnswer(response.id()) ->
                http.response().setStatusCode(202).end();
            case Request request -> {}
            case Notification notification -> {}
            case Response response -> {}
        }
        if (http.response().ended()) {
            return Optional.empty();
        }
        Object id = message instanceof Request request ? request.id() : null;
        return enter(http, id) ? Optional.of(message) : Optional.empty();
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
