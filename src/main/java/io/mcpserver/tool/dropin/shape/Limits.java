package io.mcpserver.tool.dropin.shape;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.tool.api.Arg;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What an author says of the values that an argument may have, as JSON Schema. */
final class Limits {

    private Limits() {}

    /**
     * Adds them to the schema of the argument's type.
     *
     * @throws UnsupportedTypeException if they do not fit the type
     */
    static void add(Arg arg, ObjectNode schema) {
        String type = schema.path("type").asText();
        if (arg.min() > Double.NEGATIVE_INFINITY) {
            put(schema, keyword(type, true), arg.min());
        }
        if (arg.max() < Double.POSITIVE_INFINITY) {
            put(schema, keyword(type, false), arg.max());
        }
        if (arg.min() > arg.max()) {
            throw new UnsupportedTypeException("has a min that is greater than its max");
        }
        if (!arg.pattern().isEmpty()) {
            requireText("pattern", type);
            try {
                schema.put("pattern", Pattern.compile(arg.pattern()).pattern());
            } catch (PatternSyntaxException e) {
                throw new UnsupportedTypeException(
                        "has a pattern that is no regular expression: " + e.getDescription());
            }
        }
        if (arg.choices().length > 0) {
            requireText("choices", type);
            schema.remove("enum");
            List.of(arg.choices()).forEach(schema.putArray("enum")::add);
        }
    }

    private static String keyword(String type, boolean least) {
        return switch (type) {
            case "integer", "number" -> least ? "minimum" : "maximum";
            case "string" -> least ? "minLength" : "maxLength";
            case "array" -> least ? "minItems" : "maxItems";
            case "object" -> least ? "minProperties" : "maxProperties";
            default ->
                throw new UnsupportedTypeException("has a min or max, which is for numbers, texts, lists and maps");
        };
    }

    private static void put(ObjectNode schema, String keyword, double limit) {
        if (limit == Math.rint(limit) && Math.abs(limit) < 1e15) {
            schema.put(keyword, (long) limit);
        } else if (keyword.equals("minimum") || keyword.equals("maximum")) {
            schema.put(keyword, limit);
        } else {
            throw new UnsupportedTypeException("has a min or max that is no whole number");
        }
    }

    private static void requireText(String what, String type) {
        if (!type.equals("string")) {
            throw new UnsupportedTypeException("has " + what + ", which is for texts");
        }
    }
}
