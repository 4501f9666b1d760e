package io.mcpserver.mcp.edge;

import io.mcpserver.mcp.message.JsonRpcError;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** Refusals at the door, as JSON that both people and JSON-RPC clients can read. */
public final class Replies {

    private Replies() {}

    /** Ends the request with a JSON-RPC error that belongs to no request. */
    public static void refuse(RoutingContext http, int status, String reason) {
        refuse(http, status, JsonRpcError.of(null, codeFor(status), reason));
    }

    /** Ends the request with the error given. */
    public static void refuse(RoutingContext http, int status, JsonObject error) {
        if (!http.request().isEnded()) {
            // The body was not read and would stand where the next request is expected.
            http.response().putHeader(HttpHeaders.CONNECTION, "close");
            http.request().resume();
        }
        json(http, status, error);
    }

    /** Ends a request that came after the server had begun to end. */
    static void refuseWhileEnding(RoutingContext http) {
        http.response().putHeader(HttpHeaders.CONNECTION, "close");
        refuse(http, 503, "The server is shutting down; try again in a moment.");
    }

    /** Ends the request with a JSON body. */
    public static void json(RoutingContext http, int status, JsonObject body) {
        http.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(body.toBuffer());
    }

    private static int codeFor(int status) {
        return status == 400 ? JsonRpcError.INVALID_REQUEST : JsonRpcError.UNAVAILABLE;
    }
}
