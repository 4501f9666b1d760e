package io.mcpserver.tool.guard;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import io.mcpserver.config.NearestName;
import java.util.List;
import java.util.stream.StreamSupport;

/** Words for one fault in the arguments of a call. */
final class ArgumentFault {

    private static final int SHOWN = 60;

    private ArgumentFault() {}

    static String tell(String tool, JsonNode inputSchema, JsonNode given, Error error) {
        NodePath location = error.getInstanceLocation();
        boolean top = location.getNameCount() == 0;
        String where = top ? tool : place(location);
        JsonNode rule = error.getSchemaNode();
        return switch (error.getKeyword()) {
            case "additionalProperties" ->
                unknown(tool, where, top, error.getProperty(), names(objectSchema(inputSchema, location)));
            case "required" ->
                "%s needs %s \"%s\"%s."
                        .formatted(
                                where,
                                top ? "the argument" : "the field",
                                error.getProperty(),
                                meaning(objectSchema(inputSchema, location), error.getProperty()));
            case "type" ->
                "%s must be %s, but is %s.".formatted(where, article(rule.asText()), show(error.getInstanceNode()));
            case "enum" -> "%s must be one of %s, but is %s.".formatted(where, rule, show(error.getInstanceNode()));
            case "minimum" ->
                "%s must be at least %s, but is %s.".formatted(where, rule, show(error.getInstanceNode()));
            case "maximum" -> "%s must be at most %s, but is %s.".formatted(where, rule, show(error.getInstanceNode()));
            case "minItems" ->
                "%s must have at least %s, but has %d.".formatted(where, items(rule), size(error.getInstanceNode()));
            case "maxItems" ->
                "%s must have at most %s, but has %d; make several calls."
                        .formatted(where, items(rule), size(error.getInstanceNode()));
            default -> "%s: %s.".formatted(where, error.getMessage());
        };
    }

    private static String unknown(String tool, String where, boolean top, String name, List<String> known) {
        String meant = NearestName.of(name, known)
                .map(nearest -> "; did you mean \"" + nearest + "\"?")
                .orElse(".");
        String all = known.isEmpty() ? " It takes none." : " It takes " + String.join(", ", known) + ".";
        return "%s has no %s \"%s\"%s%s".formatted(where, top ? "argument" : "field", cut(name), meant, all);
    }

    /** {@code documents[0].id} for {@code /documents/0/id}. */
    private static String place(NodePath location) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < location.getNameCount(); i++) {
            Object element = location.getElement(i);
            if (element instanceof Integer index) {
                text.append('[').append(index).append(']');
            } else {
                text.append(i == 0 ? "" : ".").append(cut(element.toString()));
            }
        }
        return text.toString();
    }

    private static JsonNode objectSchema(JsonNode schema, NodePath location) {
        JsonNode found = schema;
        for (int i = 0; i < location.getNameCount(); i++) {
            found = location.getElement(i) instanceof Integer
                    ? found.path("items")
                    : found.path("properties").path(location.getElement(i).toString());
        }
        return found;
    }

    private static List<String> names(JsonNode schema) {
        return StreamSupport.stream(
                        ((Iterable<String>) () -> schema.path("properties").fieldNames()).spliterator(), false)
                .toList();
    }

    private static String meaning(JsonNode schema, String property) {
        String description =
                schema.path("properties").path(property).path("description").asText();
        int end = description.indexOf(". ");
        String first = end < 0 ? description : description.substring(0, end);
        return first.isEmpty() ? "" : " (" + first.replaceAll("\\.$", "") + ")";
    }

    private static String article(String type) {
        return switch (type) {
            case "integer" -> "an integer";
            case "array" -> "an array";
            case "object" -> "an object";
            default -> "a " + type;
        };
    }

    private static String items(JsonNode count) {
        return count.asInt() == 1 ? "1 item" : count + " items";
    }

    private static int size(JsonNode node) {
        return node == null ? 0 : node.size();
    }

    private static String show(JsonNode value) {
        return value == null ? "missing" : cut(value.toString());
    }

    private static String cut(String text) {
        if (text.length() <= SHOWN) {
            return text;
        }
        // Not between the halves of a surrogate pair, which no encoder could write.
        int end = Character.isHighSurrogate(text.charAt(SHOWN - 1)) ? SHOWN - 1 : SHOWN;
        return text.substring(0, end) + "…";
    }
}
