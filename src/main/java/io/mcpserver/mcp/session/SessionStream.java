package io.mcpserver.mcp.session;

import io.vertx.core.json.JsonObject;

/** On what a client listens to what the server says in a session outside of any request. */
public interface SessionStream {

    /** Sends a message, unless the client is so slow to read that memory would fill up. */
    void send(JsonObject message);

    /** Ends the stream in an orderly way. */
    void close();
}
