package io.mcpserver.tool.declarative.http.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Examples of a description, where it has some. */
record Examples(Spec spec) {

    private static final int LARGEST = 4_000;

    /** The example of a parameter, of a content, or of its schema; missing where there is none. */
    JsonNode of(JsonNode place) {
        if (place.has("example")) {
            return place.path("example");
        }
        for (JsonNode example : place.path("examples")) {
            JsonNode value = spec.follow(example).path("value");
            if (!value.isMissingNode()) {
                return value;
            }
        }
        JsonNode schema = spec.follow(place.path("schema"));
        if (schema.has("example")) {
            return schema.path("example");
        }
        if (schema.path("examples").isArray() && !schema.path("examples").isEmpty()) {
            return schema.path("examples").path(0);
        }
        return schema.has("default") ? schema.path("default") : MissingNode.getInstance();
    }

    /** A test of an operation that only reads: the example of its answer is a part of what comes. Null where there is none. */
    ObjectNode test(ObjectNode given, JsonNode content) {
        JsonNode example = of(content);
        if (given == null || example.isMissingNode() || example.toString().length() > LARGEST) {
            return null;
        }
        ObjectNode test = JsonNodeFactory.instance.objectNode();
        test.put("name", "the example of the description");
        test.put("network", true);
        if (!given.isEmpty()) {
            test.set("given", given);
        }
        ObjectNode expected = example instanceof ObjectNode object
                ? object
                : JsonNodeFactory.instance.objectNode().set(example.isArray() ? "items" : "value", example);
        test.withObject("/expect").set("subset", expected);
        return test;
    }
}
