package io.mcpserver.tool.guard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A quick look at arguments for the schemas of most tools: an object of texts, numbers and flags with bounds. It knows only
 * what is certainly valid; the rest, such as what is faulty and why, is the library's to say, which takes ten times as long.
 *
 * <p>Threads: safe for any number of callers.
 */
final class PlainSchema {

    /** What says nothing of what is valid. */
    private static final Set<String> REMARKS =
            Set.of("$schema", "title", "description", "default", "examples", "x-mcp-header");

    private static final Set<String> OF_OBJECT = Set.of("type", "properties", "required", "additionalProperties");

    private final Map<String, Bounds> properties;
    private final Set<String> required;

    private PlainSchema(Map<String, Bounds> properties, Set<String> required) {
        this.properties = properties;
        this.required = required;
    }

    /** Empty where the schema says anything that this class does not understand. */
    static Optional<PlainSchema> of(ObjectNode schema) {
        if (!saysOnly(schema, OF_OBJECT) || !isWord(schema.get("type"), "object")) {
            return Optional.empty();
        }
        Map<String, Bounds> properties = new HashMap<>();
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            Optional<Bounds> bounds = Bounds.of(property.getValue());
            if (bounds.isEmpty()) {
                return Optional.empty();
            }
            properties.put(property.getKey(), bounds.get());
        }
        Set<String> required = new HashSet<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        return Optional.of(new PlainSchema(properties, required));
    }

    /** Whether the schema certainly lets this through; where it is {@code false}, it may do so all the same. */
    boolean surelyAllows(ObjectNode given) {
        int needed = 0;
        for (Map.Entry<String, JsonNode> member : given.properties()) {
            Bounds bounds = properties.get(member.getKey());
            if (bounds == null || !bounds.surelyAllow(member.getValue())) {
                return false;
            }
            if (required.contains(member.getKey())) {
                needed++;
            }
        }
        return needed == required.size();
    }

    private static boolean saysOnly(JsonNode schema, Set<String> words) {
        if (!schema.isObject()) {
            return false;
        }
        for (Map.Entry<String, JsonNode> member : schema.properties()) {
            if (!words.contains(member.getKey()) && !REMARKS.contains(member.getKey())) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWord(JsonNode node, String word) {
        return node != null && node.isTextual() && node.textValue().equals(word);
    }

    /**
     * What one argument may be.
     *
     * @param least of a number, or of the length of a text
     */
    private record Bounds(Type type, long least, long most) {

        private enum Type {
            TEXT("string", Set.of("type", "minLength", "maxLength"), "minLength", "maxLength"),
            INTEGER("integer", Set.of("type", "minimum", "maximum"), "minimum", "maximum"),
            NUMBER("number", Set.of("type"), "", ""),
            FLAG("boolean", Set.of("type"), "", "");

            private final String word;
            private final Set<String> keywords;
            private final String least;
            private final String most;

            Type(String word, Set<String> keywords, String least, String most) {
                this.word = word;
                this.keywords = keywords;
                this.least = least;
                this.most = most;
            }
        }

        static Optional<Bounds> of(JsonNode schema) {
            for (Type type : Type.values()) {
                if (isWord(schema.get("type"), type.word)) {
                    JsonNode least = schema.path(type.least);
                    JsonNode most = schema.path(type.most);
                    return saysOnly(schema, type.keywords) && isWhole(least) && isWhole(most)
                            ? Optional.of(new Bounds(type, least.asLong(Long.MIN_VALUE), most.asLong(Long.MAX_VALUE)))
                            : Optional.empty();
                }
            }
            return Optional.empty();
        }

        private static boolean isWhole(JsonNode bound) {
            return bound.isMissingNode() || bound.canConvertToLong() && bound.isIntegralNumber();
        }

        boolean surelyAllow(JsonNode value) {
            return switch (type) {
                case TEXT -> value.isTextual() && within(value.textValue());
                case INTEGER -> value.isIntegralNumber() && value.canConvertToLong() && within(value.longValue());
                case NUMBER -> value.isNumber();
                case FLAG -> value.isBoolean();
            };
        }

        /** A text has at most as many characters as Java counts, and at least half as many. */
        private boolean within(String text) {
            return text.length() <= most && (text.length() + 1) / 2 >= least;
        }

        private boolean within(long number) {
            return number >= least && number <= most;
        }
    }
}
