package io.mcpserver.mcp.extension;

import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What the server says that it offers: besides what the extension knows of, tools, prompts and resources that come and go
 * while it runs.
 */
final class Capabilities {

    private static final List<String> LISTS = List.of("tools", "prompts", "resources");

    private Capabilities() {}

    /** The answer to {@code initialize} with all that is offered; an error as it is. */
    static JsonObject completed(JsonObject answer) {
        if (answer.getValue("result") instanceof JsonObject result
                && result.getValue("capabilities") instanceof JsonObject known) {
            JsonObject all = known.copy();
            for (String list : LISTS) {
                JsonObject properties = all.getJsonObject(list, new JsonObject());
                all.put(list, properties.put("listChanged", true));
            }
            result.put("capabilities", all);
        }
        return answer;
    }
}
