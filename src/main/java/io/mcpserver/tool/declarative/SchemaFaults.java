package io.mcpserver.tool.declarative;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds a value against a JSON Schema and says each fault in words. A part of a schema with {@code x-must}, such as
 * {@code must be a whole number or "${NAME}"}, is told in these words, whatever in it is violated.
 */
final class SchemaFaults {

    private final Schema schema;
    private final JsonNode root;

    SchemaFaults(Schema schema) {
        this.schema = schema;
        this.root = schema.getSchemaNode();
    }

    /**
     * Tells what is wrong with a value.
     *
     * @param base the pointer of the value in its file
     */
    void check(JsonNode value, String base, FileFaults faults) {
        for (Error error : schema.validate(value)) {
            tell(error, base, faults);
        }
    }

    private void tell(Error error, String base, FileFaults faults) {
        String pointer = base + pointer(error.getInstanceLocation());
        JsonNode rule = error.getSchemaNode();
        String must = must(error.getSchemaLocation().getFragment());
        if (!must.isEmpty()) {
            faults.error(pointer, must);
            return;
        }
        switch (error.getKeyword()) {
            case "additionalProperties", "unevaluatedProperties" -> {
                List<String> known = names(error.getSchemaLocation().getFragment());
                faults.unknown(
                        FileTree.member(pointer, error.getProperty()),
                        known.isEmpty() ? "unknown key" : "unknown key; there are " + String.join(", ", known),
                        error.getProperty(),
                        known);
            }
            case "propertyNames" -> {
                String words = rule.path("x-must").asText();
                faults.error(
                        error.getProperty() == null ? pointer : FileTree.member(pointer, error.getProperty()),
                        words.isEmpty() ? Shown.cut(error.getMessage(), 200) : words);
            }
            case "required" -> faults.error(pointer, "lacks \"" + error.getProperty() + "\"");
            case "type" ->
                faults.error(pointer, "must be " + type(rule) + ", but is " + Shown.value(error.getInstanceNode()));
            case "enum" ->
                faults.error(
                        pointer, "must be one of " + list(rule) + ", but is " + Shown.value(error.getInstanceNode()));
            case "minimum" -> faults.error(pointer, "must be at least " + rule);
            case "exclusiveMinimum" -> faults.error(pointer, "must be more than " + rule);
            case "maximum" -> faults.error(pointer, "must be at most " + rule);
            case "minItems", "minProperties" -> faults.error(pointer, "must have at least " + rule);
            case "maxItems", "maxProperties" -> faults.error(pointer, "must have at most " + rule);
            case "minLength" -> faults.error(pointer, "must not be empty");
            case "maxLength" -> faults.error(pointer, "must have at most " + rule + " characters");
            default -> faults.error(pointer, Shown.cut(error.getMessage(), 200));
        }
    }

    /** The words of the innermost part of the schema around a keyword that has some, and that is about the same value. */
    private String must(NodePath keyword) {
        List<JsonNode> around = new ArrayList<>();
        JsonNode node = root;
        for (int i = 0; i < keyword.getNameCount() - 1; i++) {
            around.add(node);
            node = child(node, keyword.getElement(i));
        }
        around.add(node);
        int at = around.size() - 1;
        while (at >= 0) {
            String words = around.get(at).path("x-must").asText();
            if (!words.isEmpty()) {
                return words;
            }
            String step = at == 0 ? "" : keyword.getElement(at - 1).toString();
            boolean branch = at >= 2
                    && step.matches("\\d+")
                    && keyword.getElement(at - 2).toString().matches("anyOf|oneOf|allOf");
            if (!branch) {
                return "";
            }
            at -= 2;
        }
        return "";
    }

    private List<String> names(NodePath keyword) {
        JsonNode node = root;
        for (int i = 0; i < keyword.getNameCount() - 1; i++) {
            node = child(node, keyword.getElement(i));
        }
        List<String> names = new ArrayList<>();
        node.path("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static JsonNode child(JsonNode node, Object step) {
        return node.isArray() ? node.path(Integer.parseInt(step.toString())) : node.path(step.toString());
    }

    static String pointer(NodePath location) {
        String pointer = "";
        for (int i = 0; i < location.getNameCount(); i++) {
            pointer = FileTree.member(pointer, location.getElement(i).toString());
        }
        return pointer;
    }

    private static String type(JsonNode rule) {
        if (!rule.isArray()) {
            return type(rule.asText());
        }
        List<String> words = new ArrayList<>();
        rule.forEach(one -> words.add(type(one.asText())));
        return String.join(" or ", words);
    }

    private static String type(String name) {
        return switch (name) {
            case "string" -> "a text";
            case "integer" -> "a whole number";
            case "number" -> "a number";
            case "boolean" -> "true or false";
            case "array" -> "a list";
            case "object" -> "a mapping";
            default -> name;
        };
    }

    private static String list(JsonNode rule) {
        List<String> words = new ArrayList<>();
        rule.forEach(one -> words.add(one.asText()));
        return String.join(", ", words);
    }
}
