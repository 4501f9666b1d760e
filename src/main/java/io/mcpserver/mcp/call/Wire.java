package io.mcpserver.mcp.call;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/**
 * The way back to one client for one request.
 *
 * <p>Threads: safe for any number of callers; nothing blocks. After the answer, and after the client has gone, nothing
 * more is sent.
 */
public interface Wire {

    /** Sends a notification, unless the client is so slow to read that memory would fill up. */
    void notify(JsonObject notification);

    /** Sends a message that must not be lost, such as a request of the server. */
    void send(JsonObject message);

    /**
     * Sends the answer, the last message.
     *
     * @param status of HTTP, where it can still be chosen
     */
    void answer(int status, Buffer message);

    /**
     * Keeps the request open for notifications until it is answered: what is between client and server is kept from
     * taking it for dead, and it does not count as a call in flight.
     *
     * @param closing run when the server ends; it is to answer
     */
    void stayOpen(Runnable closing);

    /** Ends the request without an answer: it was cancelled. */
    void abandon();

    /** Runs {@code then} when the client has gone before it was answered; at once if that is so already. */
    void whenGone(Runnable then);
}
