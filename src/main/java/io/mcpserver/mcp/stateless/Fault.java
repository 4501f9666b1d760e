package io.mcpserver.mcp.stateless;

import io.mcpserver.mcp.message.JsonRpcError;
import io.mcpserver.mcp.message.Revisions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * Why a request is refused before anything is done for it.
 *
 * @param status of HTTP
 * @param code of JSON-RPC
 * @param message one sentence: what is wrong and what would be right
 * @param data what the code's definition says goes with it; {@code null} for none
 */
record Fault(int status, int code, String message, JsonObject data) {

    static Fault params(String message) {
        return new Fault(400, JsonRpcError.INVALID_PARAMS, message, null);
    }

    static Fault header(String message) {
        return new Fault(400, JsonRpcError.HEADER_MISMATCH, message, null);
    }

    static Fault revision(String asked) {
        return new Fault(
                400,
                JsonRpcError.UNSUPPORTED_REVISION,
                Revisions.STATEFUL.contains(asked)
                        ? "A request of revision " + asked
                                + " has no revision in _meta; begin with initialize, or speak "
                                + Revisions.STATELESS.getFirst() + "."
                        : "The revision asked for is not spoken here; data.supported has those that are.",
                new JsonObject()
                        .put("supported", new JsonArray(Revisions.STATELESS))
                        .put("requested", asked));
    }

    static Fault method(String method) {
        return new Fault(
                404,
                JsonRpcError.METHOD_NOT_FOUND,
                "There is no method " + (method.length() > 60 ? "of this name" : method) + " in this revision.",
                null);
    }

    JsonObject toJson(Object id) {
        return data == null ? JsonRpcError.of(id, code, message) : JsonRpcError.of(id, code, message, data);
    }
}
