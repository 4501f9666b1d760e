package io.mcpserver.mcp.stateless;

import io.mcpserver.mcp.call.Notices;
import io.mcpserver.mcp.call.Wire;
import io.mcpserver.mcp.message.Members;
import io.mcpserver.mcp.message.RequestMeta;
import io.vertx.core.json.JsonObject;

/** One stream of changes. Threads: safe for any number of callers. */
final class Subscription {

    private final Object id;
    private final Wire wire;
    private JsonObject honoured;
    private boolean over;

    Subscription(Object id, Wire wire) {
        this.id = id;
        this.wire = wire;
    }

    /**
     * Has {@code hear} begin to hear and says what is honoured, unless it is over already: whatever happens from the
     * moment on at which the client learns of it is told, and not before.
     */
    synchronized void begin(JsonObject filter, Runnable hear) {
        if (!over) {
            honoured = filter;
            hear.run();
            wire.send(marked(Notices.of(
                    "notifications/subscriptions/acknowledged", new JsonObject().put("notifications", filter))));
        }
    }

    /** Passes on what the server tells everybody, if this client asked for it. */
    synchronized void heard(JsonObject message) {
        String method = message.getString("method", "");
        boolean wanted = method.equals("notifications/resources/updated")
                || ListKind.of(method)
                        .filter(kind -> honoured != null && honoured.containsKey(kind.filter()))
                        .isPresent();
        if (wanted && honoured != null && !over) {
            wire.notify(marked(message));
        }
    }

    /** Tells that a document changed. */
    void updated(String uri) {
        heard(Notices.resourceUpdated(uri));
    }

    /** Says nothing more. */
    synchronized void stop() {
        over = true;
    }

    /** Ends the stream in an orderly way: with its answer. */
    void close() {
        stop();
        wire.answer(
                200,
                new JsonObject()
                        .put("jsonrpc", "2.0")
                        .put("id", id)
                        .put(
                                "result",
                                new JsonObject()
                                        .put("resultType", "complete")
                                        .put("_meta", new JsonObject().put(RequestMeta.SUBSCRIPTION_ID, id)))
                        .toBuffer());
    }

    /** The same message may go to many clients, so each gets a copy with its own id. */
    private JsonObject marked(JsonObject message) {
        JsonObject copy = message.copy();
        JsonObject params = Members.object(copy, "params");
        JsonObject meta = Members.object(params, "_meta");
        return copy.put("params", params.put("_meta", meta.put(RequestMeta.SUBSCRIPTION_ID, id)));
    }
}
