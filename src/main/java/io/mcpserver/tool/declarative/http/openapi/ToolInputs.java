package io.mcpserver.tool.declarative.http.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The inputs of one tool, by names that are valid and that differ. */
final class ToolInputs {

    private final ObjectNode properties = JsonNodeFactory.instance.objectNode();
    private final List<String> required = new ArrayList<>();
    private final Set<String> taken = new HashSet<>();
    private final ObjectNode examples = JsonNodeFactory.instance.objectNode();
    private boolean exampleMissing;

    /**
     * Adds an input and tells its name.
     *
     * @param example of its value; missing where there is none
     */
    String add(String wanted, ObjectNode schema, boolean needed, JsonNode example) {
        String plain = wanted.replaceAll("[^A-Za-z0-9_-]+", "_").replaceAll("^[^A-Za-z_]+", "_");
        String name = Words.unique(plain.isEmpty() || plain.equals("_") ? "value" : plain, taken);
        properties.set(name, schema);
        if (needed) {
            required.add(name);
        }
        if (!example.isMissingNode()) {
            examples.set(name, example);
        } else if (needed) {
            exampleMissing = true;
        }
        return name;
    }

    /** A call that the description gives as an example; null where it does not. */
    ObjectNode example() {
        return exampleMissing ? null : examples;
    }

    /** JSON Schema of all. */
    ObjectNode schema() {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        schema.set("properties", properties);
        if (!required.isEmpty()) {
            required.forEach(schema.withArray("/required")::add);
        }
        return schema.put("additionalProperties", false);
    }

    boolean isEmpty() {
        return properties.isEmpty();
    }
}
