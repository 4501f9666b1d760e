package io.mcpserver.mcp.message;

import io.vertx.core.json.JsonObject;

/** The error codes of JSON-RPC, and an error as a message. */
public final class JsonRpcError {

    public static final int PARSE_ERROR = -32700;
    public static final int INVALID_REQUEST = -32600;
    public static final int METHOD_NOT_FOUND = -32601;
    public static final int INVALID_PARAMS = -32602;
    public static final int INTERNAL_ERROR = -32603;
    /** The server cannot take the call now, or not from this caller. */
    public static final int UNAVAILABLE = -32000;

    private JsonRpcError() {}

    /** @param id of the request; {@code null} is written as such */
    public static JsonObject of(Object id, int code, String message) {
        return new JsonObject()
                .put("jsonrpc", "2.0")
                .put("id", id)
                .put("error", new JsonObject().put("code", code).put("message", message));
    }
}
