package io.mcpserver.mcp.call;

import io.mcpserver.tool.ToolOutcome;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** What is said in answer to one request, in the words of the revision that the client speaks. */
public interface Reply {

    /** Says what the extension says: a notification, a request of the server, or the answer. */
    void say(JsonObject message);

    /** Answers with the outcome of a tool. */
    void say(ToolOutcome outcome);

    /** Answers with an error. */
    void fail(int code, String message);

    /** See {@link Wire#mayTake}. */
    default void mayTake(Duration time) {}

    /** Ends the request without an answer, because its client took it back. */
    void abandon();
}
