package io.mcpserver.mcp.call;

import io.mcpserver.mcp.message.Incoming.Request;
import io.mcpserver.mcp.message.JsonRpcError;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.jboss.logging.Logger;

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

    /**
     * Runs {@code then} when the client has gone before it was answered; at once if that is so already. Does nothing
     * where what carries the answer outlives the request, as standard output does: whoever ends it tells who waits.
     */
    void whenGone(Runnable then);

    /**
     * Says that the answer may take so long, where that is more than {@code performance.request_timeout}. Does nothing
     * where nobody but what runs the tool watches over the time.
     */
    default void mayTake(Duration time) {}

    /** Answers that something went wrong here that nobody foresaw, which only the log tells. */
    default void fail(Request request, RuntimeException failure) {
        Logger.getLogger(Wire.class).errorf(failure, "%s could not be answered", request.method());
        answer(
                500,
                JsonRpcError.of(request.id(), JsonRpcError.INTERNAL_ERROR, "Internal error")
                        .toBuffer());
    }
}
