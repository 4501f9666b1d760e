package io.mcpserver.tool.declarative.http.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a result holds an answer as: it is an object itself, or has the answer as a member. */
enum ResultShape {
    OBJECT,
    ITEMS,
    VALUE;

    private static final Set<String> PLAIN = Set.of("string", "integer", "number", "boolean", "null");

    /** Empty where answers of the schema may be of several. */
    static Optional<ResultShape> of(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (type.isMissingNode()) {
            return untyped(schema);
        }
        Set<Optional<ResultShape>> shapes = (type.isArray() ? type.valueStream() : List.of(type).stream())
                .map(JsonNode::asText)
                .map(ResultShape::named)
                .collect(Collectors.toSet());
        return common(shapes);
    }

    private static Optional<ResultShape> untyped(JsonNode schema) {
        if (schema.has("properties")) {
            return Optional.of(OBJECT);
        }
        if (schema.has("items")) {
            return Optional.of(ITEMS);
        }
        if (schema.has("allOf")) {
            return schema.path("allOf")
                    .valueStream()
                    .map(ResultShape::of)
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        JsonNode either = schema.path("oneOf").isMissingNode() ? schema.path("anyOf") : schema.path("oneOf");
        return common(either.valueStream().map(ResultShape::of).collect(Collectors.toSet()));
    }

    private static Optional<ResultShape> named(String type) {
        return switch (type) {
            case "object" -> Optional.of(OBJECT);
            case "array" -> Optional.of(ITEMS);
            default -> PLAIN.contains(type) ? Optional.of(VALUE) : Optional.empty();
        };
    }

    private static Optional<ResultShape> common(Set<Optional<ResultShape>> shapes) {
        return shapes.size() == 1 ? shapes.iterator().next() : Optional.empty();
    }

    ObjectNode schema(ObjectNode answer) {
        if (this == OBJECT) {
            return answer.put("type", "object");
        }
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        schema.withObject("/properties").set(member(), answer);
        schema.withArray("/required").add(member());
        return schema;
    }

    JsonNode result(JsonNode answer) {
        return this == OBJECT ? answer : JsonNodeFactory.instance.objectNode().set(member(), answer);
    }

    private String member() {
        return this == ITEMS ? "items" : "value";
    }
}
