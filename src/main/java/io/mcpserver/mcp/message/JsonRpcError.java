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
    /** Revisions with sessions only; later ones say {@link #INVALID_PARAMS}. */
    public static final int RESOURCE_NOT_FOUND = -32002;
    /** A header of the HTTP request is missing or says something else than the body. */
    public static final int HEADER_MISMATCH = -32020;
    /** The client has not declared a capability that the call needs. */
    public static final int MISSING_CAPABILITY = -32021;
    /** The revision that the request names is not spoken here. */
    public static final int UNSUPPORTED_REVISION = -32022;

    private JsonRpcError() {}

    /** @param id of the request; {@code null} is written as such */
    public static JsonObject of(Object id, int code, String message) {
        return new JsonObject()
                .put("jsonrpc", "2.0")
                .put("id", id)
                .put("error", new JsonObject().put("code", code).put("message", message));
    }

    /** @param data what the code's definition says goes with it */
    public static JsonObject of(Object id, int code, String message, JsonObject data) {
        JsonObject error = of(id, code, message);
        error.getJsonObject("error").put("data", data);
        return error;
    }
}
