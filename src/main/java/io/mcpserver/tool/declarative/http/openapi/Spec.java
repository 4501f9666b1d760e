package io.mcpserver.tool.declarative.http.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A description, in which references are followed to where they lead. */
record Spec(ObjectNode root) {

    private static final int MOST_STEPS = 20;

    /** What a value stands for; missing where its reference leads nowhere, out of this file, or in a circle. */
    JsonNode follow(JsonNode value) {
        JsonNode at = value;
        for (int step = 0; step < MOST_STEPS; step++) {
            String reference = reference(at);
            if (reference.isEmpty()) {
                return at;
            }
            at = target(reference);
        }
        return MissingNode.getInstance();
    }

    /** Where a value refers to; an empty text where it does not. */
    static String reference(JsonNode value) {
        return value.isObject() ? value.path("$ref").asText("") : "";
    }

    JsonNode target(String reference) {
        if (!reference.startsWith("#/")) {
            return MissingNode.getInstance();
        }
        JsonNode at = root;
        for (String step : reference.substring(2).split("/", -1)) {
            String name = decoded(step).replace("~1", "/").replace("~0", "~");
            at = at.isArray() && name.matches("[0-9]{1,6}") ? at.path(Integer.parseInt(name)) : at.path(name);
        }
        return at;
    }

    private static String decoded(String step) {
        return step.replace("%7B", "{").replace("%7D", "}").replace("%20", " ").replace("%25", "%");
    }
}
