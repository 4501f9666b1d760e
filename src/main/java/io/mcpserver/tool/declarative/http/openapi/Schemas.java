package io.mcpserver.tool.declarative.http.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Schemas of a description as JSON Schema 2020-12 that stands for itself: references are written out, those in a circle
 * are cut. What is no valid keyword is left out, so that the result is valid whatever the description holds.
 */
final class Schemas {

    private static final int DEEPEST = 10;
    private static final int MOST_VALUES = 2_000;
    private static final int LONGEST_TEXT = 1_000;
    private static final int MOST_CHOICES = 200;

    private static final Set<String> TYPES =
            Set.of("string", "integer", "number", "boolean", "array", "object", "null");
    private static final List<String> COUNTS =
            List.of("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties");
    private static final List<String> LISTS = List.of("allOf", "anyOf", "oneOf");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Spec spec;
    private final Warnings warnings;

    /** What marks members that only the other side sends. */
    private final String foreign;

    /** Whether members that are not described are taken though the description says that there are none. */
    private final boolean lenient;

    private int values;

    private Schemas(Spec spec, Warnings warnings, String foreign, boolean lenient) {
        this.spec = spec;
        this.warnings = warnings;
        this.foreign = foreign;
        this.lenient = lenient;
    }

    /** Of what is sent to a server. */
    static Schemas ofRequests(Spec spec, Warnings warnings) {
        return new Schemas(spec, warnings, "readOnly", false);
    }

    /** Of what a server answers; a later version of it may answer more. */
    static Schemas ofAnswers(Spec spec, Warnings warnings) {
        return new Schemas(spec, warnings, "writeOnly", true);
    }

    /** One schema, with all that it refers to. */
    ObjectNode of(JsonNode schema) {
        values = 0;
        return translated(schema, new HashSet<>(), 0);
    }

    private ObjectNode translated(JsonNode written, Set<String> open, int depth) {
        String reference = Spec.reference(written);
        if (!reference.isEmpty()) {
            return referred(reference, open, depth);
        }
        ObjectNode out = JSON.objectNode();
        if (!written.isObject()) {
            return out;
        }
        if (depth > DEEPEST || ++values > MOST_VALUES) {
            warnings.add("a schema is cut where it is too deep or too large");
            return out;
        }
        types(written, out);
        simple(written, out);
        numbers(written, out);
        for (String keyword : LISTS) {
            if (written.path(keyword).isArray() && !written.path(keyword).isEmpty()) {
                ArrayNode all = out.putArray(keyword);
                written.path(keyword).forEach(one -> all.add(translated(one, open, depth + 1)));
            }
        }
        if (written.path("not").isObject()) {
            out.set("not", translated(written.path("not"), open, depth + 1));
        }
        if (written.path("items").isObject()) {
            out.set("items", translated(written.path("items"), open, depth + 1));
        }
        properties(written, out, open, depth);
        return out;
    }

    private ObjectNode referred(String reference, Set<String> open, int depth) {
        JsonNode target = spec.target(reference);
        if (target.isMissingNode()) {
            warnings.add(
                    "the reference %s leads nowhere in this file; anything is accepted there".formatted(reference));
            return JSON.objectNode();
        }
        if (!open.add(reference)) {
            warnings.add("%s holds itself; it is cut there".formatted(reference));
            return JSON.objectNode();
        }
        ObjectNode out = translated(target, open, depth);
        open.remove(reference);
        return out;
    }

    /** The types, of which nullable of OpenAPI 3.0 is one. */
    private static void types(JsonNode written, ObjectNode out) {
        Set<String> types = new java.util.LinkedHashSet<>();
        JsonNode type = written.path("type");
        (type.isArray() ? type : List.of(type)).forEach(one -> {
            if (TYPES.contains(one.asText())) {
                types.add(one.asText());
            }
        });
        if (types.isEmpty()) {
            return;
        }
        if (written.path("nullable").asBoolean()) {
            types.add("null");
        }
        if (types.size() == 1) {
            out.put("type", types.iterator().next());
        } else {
            ArrayNode all = out.putArray("type");
            types.forEach(all::add);
        }
    }

    private void simple(JsonNode written, ObjectNode out) {
        for (String keyword : List.of("description", "format", "title")) {
            if (written.path(keyword).isTextual()) {
                out.put(keyword, Words.cut(written.path(keyword).textValue(), LONGEST_TEXT));
            }
        }
        if (written.path("enum").isArray() && !written.path("enum").isEmpty()) {
            if (written.path("enum").size() <= MOST_CHOICES) {
                ArrayNode choices = out.putArray("enum");
                written.path("enum").forEach(choices::add);
                if (written.path("nullable").asBoolean() && !choices.toString().contains("null")) {
                    choices.addNull();
                }
            } else {
                warnings.add("an enum of more than %d values is left out".formatted(MOST_CHOICES));
            }
        }
        if (written.has("const")) {
            out.set("const", written.get("const"));
        }
        if (written.path("pattern").isTextual()) {
            pattern(written.path("pattern").textValue(), out);
        }
        for (String keyword : COUNTS) {
            if (written.path(keyword).canConvertToInt() && written.path(keyword).asInt() >= 0) {
                out.put(keyword, written.path(keyword).asInt());
            }
        }
        if (written.path("uniqueItems").asBoolean()) {
            out.put("uniqueItems", true);
        }
    }

    private void pattern(String pattern, ObjectNode out) {
        try {
            Pattern.compile(pattern);
            out.put("pattern", pattern);
        } catch (PatternSyntaxException e) {
            warnings.add("a pattern is left out that is no regular expression here");
        }
    }

    /** The limits of numbers: OpenAPI 3.0 says with true or false whether they are exclusive. */
    private static void numbers(JsonNode written, ObjectNode out) {
        limit(written, out, "minimum", "exclusiveMinimum");
        limit(written, out, "maximum", "exclusiveMaximum");
        JsonNode multiple = written.path("multipleOf");
        if (multiple.isNumber() && multiple.asDouble() > 0) {
            out.set("multipleOf", multiple);
        }
    }

    private static void limit(JsonNode written, ObjectNode out, String including, String excluding) {
        JsonNode limit = written.path(including);
        JsonNode exclusive = written.path(excluding);
        if (limit.isNumber()) {
            out.set(exclusive.isBoolean() && exclusive.booleanValue() ? excluding : including, limit);
        }
        if (exclusive.isNumber()) {
            out.set(excluding, exclusive);
        }
    }

    private void properties(JsonNode written, ObjectNode out, Set<String> open, int depth) {
        Set<String> leftOut = new HashSet<>();
        if (written.path("properties").isObject()) {
            ObjectNode all = out.putObject("properties");
            written.path("properties").properties().forEach(member -> {
                if (spec.follow(member.getValue()).path(foreign).asBoolean()) {
                    leftOut.add(member.getKey());
                } else {
                    all.set(member.getKey(), translated(member.getValue(), open, depth + 1));
                }
            });
        }
        Set<String> required = new java.util.LinkedHashSet<>();
        if (written.path("required").isArray()) {
            written.path("required").forEach(name -> {
                if (name.isTextual() && !leftOut.contains(name.textValue())) {
                    required.add(name.textValue());
                }
            });
        }
        if (!required.isEmpty()) {
            required.forEach(out.withArray("/required")::add);
        }
        JsonNode more = written.path("additionalProperties");
        if (more.isBoolean() && !lenient) {
            out.set("additionalProperties", more);
        } else if (more.isObject()) {
            out.set("additionalProperties", translated(more, open, depth + 1));
        }
    }
}
