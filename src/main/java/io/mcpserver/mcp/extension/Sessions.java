package io.mcpserver.mcp.extension;

import io.quarkiverse.mcp.server.runtime.ConnectionManager;
import io.quarkiverse.mcp.server.runtime.ServerRequests;
import jakarta.inject.Singleton;

/** The sessions that clients hold, and the answers that the server waits for. */
@Singleton
public class Sessions {

    private final ConnectionManager connections;
    private final ServerRequests serverRequests;

    Sessions(ConnectionManager connections, ServerRequests serverRequests) {
        this.connections = connections;
        this.serverRequests = serverRequests;
    }

    public boolean exists(String id) {
        return connections.has(id);
    }

    /** Counts as a use of the session, if there is one: it is not idle. */
    public void touch(String id) {
        connections.get(id);
    }

    /** How many are open; takes time in proportion to the number. */
    public int count() {
        int count = 0;
        for (var connection : connections) {
            count += connection == null ? 0 : 1;
        }
        return count;
    }

    /** Whether the server has asked a client something under this id and has no answer yet. */
    public boolean awaitsAnswer(Object id) {
        return switch (id) {
            case Integer number -> serverRequests.hasResponseHandler(number);
            case Long number -> serverRequests.hasResponseHandler(number);
            case String text when text.matches("\\d{1,18}") -> serverRequests.hasResponseHandler(Long.parseLong(text));
            case null, default -> false;
        };
    }
}
