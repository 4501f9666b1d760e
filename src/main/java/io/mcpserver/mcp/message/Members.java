package io.mcpserver.mcp.message;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Members of objects that a stranger made, where {@code null} is the same as nothing. */
public final class Members {

    private Members() {}

    /** The object under a name; an empty one where there is none. */
    public static JsonObject object(JsonObject parent, String name) {
        return parent.getValue(name) instanceof JsonObject object ? object : new JsonObject();
    }

    /** The array under a name; an empty one where there is none. */
    public static JsonArray array(JsonObject parent, String name) {
        return parent.getValue(name) instanceof JsonArray array ? array : new JsonArray();
    }

    /** The flag under a name; {@code false} where there is none. */
    public static boolean flag(JsonObject parent, String name) {
        return parent.getValue(name) instanceof Boolean flag && flag;
    }
}
