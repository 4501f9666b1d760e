package io.mcpserver.mcp.call;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpserver.tool.LogLevel;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;

/** Notifications of the server, the same in every revision. */
public final class Notices {

    private Notices() {}

    public static JsonObject of(String method, JsonObject params) {
        return new JsonObject().put("jsonrpc", "2.0").put("method", method).put("params", params);
    }

    /** @param total negative where unknown */
    public static JsonObject progress(Object token, double progress, double total, String message) {
        JsonObject params = new JsonObject().put("progressToken", token).put("progress", number(progress));
        if (total >= 0) {
            params.put("total", number(total));
        }
        if (message != null) {
            params.put("message", message);
        }
        return of("notifications/progress", params);
    }

    public static JsonObject log(LogLevel level, String logger, JsonNode data) {
        return of(
                "notifications/message",
                new JsonObject()
                        .put("level", level.word())
                        .put("logger", logger)
                        .put("data", Json.decodeValue(data.toString())));
    }

    public static JsonObject resourceUpdated(String uri) {
        return of("notifications/resources/updated", new JsonObject().put("uri", uri));
    }

    /** Whole numbers without a fraction, which some clients take for another type. */
    private static Number number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1L << 53) {
            return (long) value;
        }
        return value;
    }
}
