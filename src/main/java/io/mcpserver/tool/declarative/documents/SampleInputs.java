package io.mcpserver.tool.declarative.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.tool.declarative.Inputs;
import java.util.Collection;
import java.util.Optional;

/** A value of the right type for every input; the texts are times, which can be compared with any text and any time. */
record SampleInputs(ObjectNode schema) implements Inputs {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String TEXT = "2000-01-01T00:00:00Z";

    /** Whether there is a sample for each. */
    boolean know(Collection<String> names) {
        return names.stream().allMatch(name -> get(name).isPresent());
    }

    @Override
    public Optional<JsonNode> get(String name) {
        JsonNode property = schema.path("properties").path(name);
        if (property.has("default")) {
            return Optional.of(property.get("default"));
        }
        if (property.path("enum").has(0)) {
            return Optional.of(property.path("enum").get(0));
        }
        return switch (property.path("type").asText()) {
            case "string" -> Optional.of(JSON.textNode(TEXT));
            case "integer", "number" ->
                Optional.of(property.has("minimum") ? property.get("minimum") : JSON.numberNode(1));
            case "boolean" -> Optional.of(JSON.booleanNode(true));
            case "array" -> Optional.of(JSON.arrayNode());
            default -> Optional.empty();
        };
    }
}
