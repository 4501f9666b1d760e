package io.mcpserver.tool.guard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** Arguments as Jackson's tree, whichever mixture of Vert.x's JSON and plain collections they came as. */
final class ArgumentTree {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ArgumentTree() {}

    static ObjectNode of(Map<String, Object> arguments) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        arguments.forEach((name, value) -> object.set(name, node(value)));
        return object;
    }

    @SuppressWarnings("unchecked")
    private static JsonNode node(Object value) {
        return switch (value) {
            case JsonObject object -> of(object.getMap());
            case Map<?, ?> map -> of((Map<String, Object>) map);
            case JsonArray array -> array(array.getList());
            case List<?> list -> array(list);
            case String text -> JsonNodeFactory.instance.textNode(text);
            case Integer number -> JsonNodeFactory.instance.numberNode(number.intValue());
            case Long number -> JsonNodeFactory.instance.numberNode(number.longValue());
            case Double number -> JsonNodeFactory.instance.numberNode(number.doubleValue());
            case Boolean flag -> JsonNodeFactory.instance.booleanNode(flag);
            case null -> JsonNodeFactory.instance.nullNode();
            default -> JSON.valueToTree(value);
        };
    }

    private static ArrayNode array(List<?> items) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode(items.size());
        items.forEach(item -> array.add(node(item)));
        return array;
    }
}
