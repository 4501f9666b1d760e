package io.mcpserver.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.cli.client.Messages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The arguments of a call, as they are written on a command line: one JSON object, a file of it as {@code @FILE}, {@code -}
 * for standard input, or {@code name=value} for each, read by the type that the tool's schema gives it.
 */
final class CallArguments {

    private static final String TEXT = "string";

    /** Arguments that cannot be read, in a sentence that says what would be right. */
    static final class WrongArguments extends RuntimeException {

        private static final long serialVersionUID = 1;

        WrongArguments(String sentence) {
            super(sentence);
        }
    }

    private CallArguments() {}

    /**
     * The arguments.
     *
     * @param schema of the tool's input; an empty object where it is not known
     * @param in standard input
     */
    static ObjectNode read(List<String> words, JsonNode schema, InputStream in) {
        if (words.isEmpty()) {
            return Messages.object();
        }
        String first = words.getFirst();
        if (words.size() == 1
                && (first.equals("-")
                        || first.startsWith("@")
                        || first.stripLeading().startsWith("{"))) {
            return object(text(first, in), first);
        }
        ObjectNode arguments = Messages.object();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw new WrongArguments("the arguments must be one JSON object, @FILE, - or name=value pairs, but "
                        + word + " is none of these");
            }
            String name = word.substring(0, equals);
            if (arguments.has(name)) {
                throw new WrongArguments(
                        "the argument " + name + " is given twice; write a list as " + name + "='[\"a\", \"b\"]'");
            }
            arguments.set(
                    name,
                    value(
                            name,
                            word.substring(equals + 1),
                            schema.path("properties").path(name)));
        }
        return arguments;
    }

    private static String text(String word, InputStream in) {
        try {
            if (word.equals("-")) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
            return word.startsWith("@") ? Files.readString(Path.of(word.substring(1))) : word;
        } catch (IOException e) {
            throw new WrongArguments("the arguments cannot be read from "
                    + (word.equals("-") ? "standard input" : word.substring(1)) + ": there is no such file, it is not"
                    + " ours to read, or it is no UTF-8");
        }
    }

    private static ObjectNode object(String text, String where) {
        return Messages.read(text)
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .orElseThrow(() -> new WrongArguments((where.startsWith("@") || where.equals("-") ? where + ": " : "")
                        + "the arguments must be one JSON object, such as '{\"a\": 1}'"));
    }

    private static JsonNode value(String name, String text, JsonNode schema) {
        Set<String> types = types(schema);
        JsonNode asText = Messages.object().textNode(text);
        if (types.equals(Set.of(TEXT))) {
            return asText;
        }
        Optional<JsonNode> json = Messages.read(text).filter(read -> types.isEmpty() || fits(read, types));
        if (json.isPresent()) {
            return json.get();
        }
        if (types.isEmpty() || types.contains(TEXT)) {
            return asText;
        }
        throw new WrongArguments("the argument " + name + " must be " + String.join(" or ", types) + ", but is " + text
                + (types.contains("array") ? "; write a list as " + name + "='[\"a\", \"b\"]'" : ""));
    }

    private static boolean fits(JsonNode value, Set<String> types) {
        return switch (value.getNodeType()) {
            case STRING -> types.contains(TEXT);
            case NUMBER -> types.contains("number") || types.contains("integer") && isWhole(value);
            case BOOLEAN -> types.contains("boolean");
            case ARRAY -> types.contains("array");
            case OBJECT -> types.contains("object");
            case NULL -> types.contains("null");
            default -> false;
        };
    }

    private static boolean isWhole(JsonNode number) {
        return number.decimalValue().stripTrailingZeros().scale() <= 0;
    }

    /** The types that a value may have; none where the schema leaves that open. */
    private static Set<String> types(JsonNode schema) {
        List<String> types = new ArrayList<>();
        if (schema.path("type").isTextual()) {
            types.add(schema.path("type").asText());
        }
        schema.path("type").forEach(type -> types.add(type.asText()));
        return new TreeSet<>(types);
    }
}
