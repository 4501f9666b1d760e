package io.mcpserver.mcp.testing;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** A client's end of a talk with the server, whatever carries it: what it says, and all that it hears, in order. */
public abstract class Talk implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<JsonObject> heard = new ArrayList<>();
    private final AtomicInteger number = new AtomicInteger(1_000);

    /** Sends one message and does not wait. */
    public abstract void say(JsonObject message);

    @Override
    public abstract void close();

    /** To be called with every message that comes. */
    protected synchronized void hears(JsonObject message) {
        heard.add(message);
        notifyAll();
    }

    /** What was heard and not taken yet. */
    public synchronized List<JsonObject> heard() {
        return List.copyOf(heard);
    }

    /** Takes the first message of this kind; waits for it if it has not come. */
    public synchronized JsonObject take(Predicate<JsonObject> kind) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            for (JsonObject message : heard) {
                if (kind.test(message)) {
                    heard.remove(message);
                    return message;
                }
            }
            try {
                wait(100);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new AssertionError("It did not come; these did: " + heard);
    }

    /** Takes the answer to the request with this id. */
    public JsonObject answer(Object id) {
        return take(message -> !message.containsKey("method") && id.equals(message.getValue("id")));
    }

    /** Takes a request or notification of the server. */
    public JsonObject told(String method) {
        return take(message -> method.equals(message.getString("method")));
    }

    /** Whether a request or notification of the server has come. */
    public boolean hasHeard(String method) {
        return heard().stream().anyMatch(message -> method.equals(message.getString("method")));
    }

    /** Sends a request under a new id, which is returned. */
    public int begin(String method, JsonObject params) {
        int id = number.incrementAndGet();
        say(new JsonObject(McpMessages.request(id, method, params)));
        return id;
    }

    /** Sends a request and takes its answer. */
    public JsonObject ask(String method, JsonObject params) {
        return answer(begin(method, params));
    }

    /** Begins to call a tool; returns the id of the request. */
    public int beginCall(String tool, JsonObject arguments) {
        return begin("tools/call", new JsonObject().put("name", tool).put("arguments", arguments));
    }

    /** Calls a tool and takes the answer. */
    public JsonObject call(String tool, JsonObject arguments) {
        return answer(beginCall(tool, arguments));
    }

    /** Answers a request of the server. */
    public void reply(JsonObject question, JsonObject result) {
        say(new JsonObject()
                .put("jsonrpc", "2.0")
                .put("id", question.getValue("id"))
                .put("result", result));
    }

    /** Sends a notification. */
    public void tell(String method, JsonObject params) {
        say(new JsonObject().put("jsonrpc", "2.0").put("method", method).put("params", params));
    }

    /** Takes back a request. */
    public void cancel(Object id) {
        tell("notifications/cancelled", new JsonObject().put("requestId", id));
    }

    /** Says {@code initialize} and all that belongs to it, and takes the result. */
    public JsonObject initialize(JsonObject capabilities) {
        JsonObject answer = ask(
                "initialize",
                new JsonObject()
                        .put("protocolVersion", "2025-11-25")
                        .put("capabilities", capabilities)
                        .put("clientInfo", new JsonObject().put("name", "test").put("version", "1")));
        tell("notifications/initialized", new JsonObject());
        return answer.getJsonObject("result");
    }
}
