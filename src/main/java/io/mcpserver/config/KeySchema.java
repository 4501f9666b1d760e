package io.mcpserver.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the schema says about one key, or about the items of a list.
 *
 * @param path such as {@code transport.port}
 * @param unit such as {@code seconds}
 * @param live whether another value takes effect while the server runs; else it needs a restart
 * @param minimum of a number or of a size in bytes
 * @param choices the accepted values; empty where any is
 * @param secret whether messages must not repeat the value
 * @param defaultWords the default in words, where it is no literal
 * @param items what the items of a list are
 * @param fields what a mapping has
 * @param required those of the fields that must be there
 * @param entries what a mapping with names of the user's own has under each
 */
public record KeySchema(
        String path,
        Kind kind,
        String description,
        Optional<String> unit,
        boolean live,
        long minimum,
        long maximum,
        long minimumLength,
        long maximumLength,
        Optional<Pattern> pattern,
        String patternWords,
        List<String> choices,
        boolean isPath,
        boolean secret,
        Optional<Object> defaultValue,
        String defaultWords,
        Optional<KeySchema> items,
        Map<String, KeySchema> fields,
        List<String> required,
        Optional<KeySchema> entries) {

    /** The types of the schema, with sizes told apart from other texts. */
    public enum Kind {
        TEXT,
        INTEGER,
        NUMBER,
        BOOLEAN,
        SIZE,
        LIST,
        MAPPING
    }

    /** The name within its section, such as {@code port}. */
    public String name() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** The environment variable that follows from the path, such as {@code MCP_TRANSPORT_PORT}. */
    public String environmentVariable() {
        return "MCP_" + path.replace('.', '_').toUpperCase(java.util.Locale.ROOT);
    }

    /** Whether what is written here, in its right form or a wrong one, may be a secret or contain one. */
    public boolean holdsSecret() {
        return secret
                || items.filter(KeySchema::holdsSecret).isPresent()
                || entries.filter(KeySchema::holdsSecret).isPresent()
                || fields.values().stream().anyMatch(KeySchema::holdsSecret);
    }

    @SuppressWarnings("unchecked")
    static KeySchema of(String path, Map<String, Object> schema) {
        Map<String, KeySchema> fields = new LinkedHashMap<>();
        ((Map<String, Object>) schema.getOrDefault("properties", Map.of()))
                .forEach((name, field) -> fields.put(name, of(path + "." + name, (Map<String, Object>) field)));
        return new KeySchema(
                path,
                kind(schema),
                (String) schema.getOrDefault("description", ""),
                Optional.ofNullable((String) schema.get("x-unit")),
                Boolean.TRUE.equals(schema.get("x-live")),
                number(schema, "minimum", Long.MIN_VALUE),
                number(schema, "maximum", Long.MAX_VALUE),
                number(schema, kind(schema) == Kind.LIST ? "minItems" : "minLength", 0),
                number(schema, kind(schema) == Kind.LIST ? "maxItems" : "maxLength", Long.MAX_VALUE),
                Optional.ofNullable((String) schema.get("pattern")).map(Pattern::compile),
                (String) schema.getOrDefault("x-pattern", ""),
                (List<String>) schema.getOrDefault("enum", List.of()),
                "path".equals(schema.get("x-kind")),
                Boolean.TRUE.equals(schema.get("x-secret")),
                Optional.ofNullable(schema.get("default")),
                (String) schema.getOrDefault("x-default", ""),
                Optional.ofNullable((Map<String, Object>) schema.get("items")).map(items -> of(path, items)),
                fields,
                (List<String>) schema.getOrDefault("required", List.of()),
                Optional.ofNullable(schema.get("additionalProperties"))
                        .filter(Map.class::isInstance)
                        .map(entry -> of(path + ".NAME", (Map<String, Object>) entry)));
    }

    private static Kind kind(Map<String, Object> schema) {
        if (schema.get("type") instanceof List<?>) {
            return Kind.SIZE;
        }
        return switch ((String) schema.get("type")) {
            case "integer" -> Kind.INTEGER;
            case "number" -> Kind.NUMBER;
            case "boolean" -> Kind.BOOLEAN;
            case "array" -> Kind.LIST;
            case "object" -> Kind.MAPPING;
            default -> Kind.TEXT;
        };
    }

    private static long number(Map<String, Object> schema, String keyword, long otherwise) {
        return schema.get(keyword) instanceof Number number ? number.longValue() : otherwise;
    }
}
