package io.mcpserver.mcp.message;

import io.vertx.core.json.JsonObject;
import java.util.Set;

/** One message from a client, told apart by what it asks of the server. */
public sealed interface Incoming {

    /**
     * A call that must be answered.
     *
     * @param id a string or a number, as it came
     * @param repeated whether an earlier process may have carried it out, and nobody knows
     */
    record Request(JsonObject json, Object id, String method, boolean repeated) implements Incoming {

        public Request(JsonObject json, Object id, String method) {
            this(json, id, method, false);
        }

        /** The same, that an earlier process may have carried out. */
        public Request asRepeated() {
            return new Request(json, id, method, true);
        }
    }

    /** A message that is never answered. */
    record Notification(JsonObject json, String method) implements Incoming {

        private static final Set<String> KNOWN = Set.of(
                "notifications/initialized",
                "notifications/cancelled",
                "notifications/progress",
                "notifications/roots/list_changed");

        /** Whether anything here listens to it; others are forgotten. */
        public boolean known() {
            return KNOWN.contains(method);
        }
    }

    /**
     * The client's answer to a request of the server.
     *
     * @param id as it came; {@code null} where the client did not know it
     */
    record Response(JsonObject json, Object id) implements Incoming {}

    /**
     * A text that is no message, or a message of the wrong shape.
     *
     * @param id of the request, {@code null} where it could not be read
     * @param code of JSON-RPC
     * @param reason one sentence: what is wrong and what would be right
     */
    record Refused(Object id, int code, String reason) implements Incoming {

        /** The JSON-RPC error that tells the client so. */
        public JsonObject toJson() {
            return JsonRpcError.of(id, code, reason);
        }
    }
}
