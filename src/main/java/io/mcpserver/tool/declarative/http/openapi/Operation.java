package io.mcpserver.tool.declarative.http.openapi;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An operation of a description.
 *
 * @param method in capitals
 * @param item what stands at the path
 */
record Operation(String method, String path, JsonNode item, JsonNode json) {

    String id() {
        return json.path("operationId").asText("");
    }

    /** What people call it. */
    String shown() {
        return method + " " + path;
    }

    /** What its tool is called, before a prefix. */
    String name() {
        String name = Words.snake(id());
        return name.isEmpty() ? Words.snake(method + " " + path) : name;
    }

    String description() {
        String summary = json.path("summary").asText("");
        String more = json.path("description").asText(item.path("description").asText(""));
        String text = Words.cut(summary.isBlank() || more.startsWith(summary) ? more : summary + "\n" + more, 2_000);
        String said = text.isBlank() ? shown() : text;
        return json.path("deprecated").asBoolean() ? "Deprecated. " + said : said;
    }
}
