package io.mcpserver.tool.declarative;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.error.CodedException;
import io.mcpserver.tool.declarative.DeclaredInputs.Bound;
import io.mcpserver.tool.file.Surroundings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code input} or {@code input_schema} of a tool. */
final class InputsReader {

    private static final String INPUT = "input";
    private static final String SCHEMA = "input_schema";
    private static final String PROPERTIES = "properties";
    private static final String DEFAULT = "default";
    private static final String REQUIRED = "required";
    private static final List<String> KEYWORDS = List.of(
            "type",
            "description",
            "title",
            DEFAULT,
            "enum",
            "const",
            "examples",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
            "minLength",
            "maxLength",
            "pattern",
            "format",
            "items",
            "prefixItems",
            "minItems",
            "maxItems",
            "uniqueItems",
            "contains",
            "minContains",
            "maxContains",
            "unevaluatedItems",
            PROPERTIES,
            "patternProperties",
            "additionalProperties",
            "propertyNames",
            "unevaluatedProperties",
            "minProperties",
            "maxProperties",
            REQUIRED,
            "dependentRequired",
            "dependentSchemas",
            "allOf",
            "anyOf",
            "oneOf",
            "not",
            "if",
            "then",
            "else",
            "$ref",
            "$defs",
            "$comment",
            "deprecated",
            "readOnly",
            "writeOnly",
            "contentEncoding",
            "contentMediaType",
            "contentSchema",
            "$schema",
            "$id",
            "$anchor",
            "$dynamicRef",
            "$dynamicAnchor");
    private static final List<String> SIMPLE = List.of("string", "integer", "number", "boolean");

    private final String tool;
    private final FileFaults faults;
    private final Surroundings surroundings;
    private final Map<String, JsonNode> defaults = new HashMap<>();
    private final Map<String, Bound> bound = new HashMap<>();

    InputsReader(String tool, FileFaults faults, Surroundings surroundings) {
        this.tool = tool;
        this.faults = faults;
        this.surroundings = surroundings;
    }

    /** @param pointer of the tool */
    DeclaredInputs read(JsonNode definition, String pointer) {
        if (definition.has(INPUT) && definition.has(SCHEMA)) {
            faults.error(FileTree.member(pointer, SCHEMA), "cannot stand beside input; keep one of them");
        }
        return definition.has(SCHEMA)
                ? whole(definition.path(SCHEMA), FileTree.member(pointer, SCHEMA))
                : byName(definition.path(INPUT), FileTree.member(pointer, INPUT));
    }

    private DeclaredInputs whole(JsonNode given, String pointer) {
        ObjectNode schema = object();
        if (given instanceof ObjectNode written && SchemaCheck.valid(written, pointer, faults)) {
            schema.setAll(written);
        }
        if (!schema.path("type").asText("").equals("object")) {
            faults.error(FileTree.member(pointer, "type"), "must be object, since arguments have names");
        }
        schema.path(PROPERTIES).properties().forEach(property -> {
            if (property.getValue().has(DEFAULT)) {
                defaults.put(property.getKey(), property.getValue().get(DEFAULT));
            }
        });
        return new DeclaredInputs(tool, schema, schema, defaults, bound);
    }

    private DeclaredInputs byName(JsonNode given, String pointer) {
        ObjectNode full = object();
        ObjectNode visible = object();
        given.properties().forEach(input -> {
            if (input.getValue() instanceof ObjectNode written) {
                one(input.getKey(), written, FileTree.member(pointer, input.getKey()), full, visible);
            }
        });
        return new DeclaredInputs(tool, closed(full), closed(visible), defaults, bound);
    }

    private void one(String name, ObjectNode written, String pointer, ObjectNode full, ObjectNode visible) {
        ObjectNode schema = written.deepCopy();
        boolean optional = false;
        if (schema.path(REQUIRED).isBoolean()) {
            optional = !schema.remove(REQUIRED).booleanValue();
        }
        JsonNode from = schema.remove("from");
        keywords(schema, pointer);
        boolean valid = SchemaCheck.valid(schema, pointer, faults);
        JsonNode standard = schema.get(DEFAULT);
        if (standard != null) {
            defaults.put(name, standard);
            if (valid && !ToolFileSchema.of(schema).validate(standard).isEmpty()) {
                faults.error(FileTree.member(pointer, DEFAULT), "does not conform to the schema of the input");
            }
        }
        full.withObject("/" + PROPERTIES).set(name, schema);
        if (from == null) {
            visible.withObject("/" + PROPERTIES).set(name, schema);
            if (standard == null && !optional) {
                require(full, name);
                require(visible, name);
            }
            return;
        }
        String type = schema.path("type").asText("string");
        if (!SIMPLE.contains(type)) {
            faults.error(
                    FileTree.member(pointer, "type"), "of a bound input must be one of " + String.join(", ", SIMPLE));
        }
        Binding binding = new Binding(from.asText(), type);
        if (valid) {
            bound.put(name, new Bound(binding, ToolFileSchema.of(schema), optional));
        }
        if (binding.isOfEnvironment() && standard == null && !optional) {
            warnIfMissing(binding, FileTree.member(pointer, "from"));
        }
    }

    /** JSON Schema lets any word pass; here it is rather a slip. */
    private void keywords(ObjectNode schema, String pointer) {
        schema.fieldNames().forEachRemaining(word -> {
            if (!KEYWORDS.contains(word) && !word.startsWith("x-")) {
                faults.unknownWord(
                        FileTree.member(pointer, word),
                        "is no keyword of JSON Schema, and has no effect",
                        word,
                        KEYWORDS);
            }
        });
    }

    private void warnIfMissing(Binding binding, String pointer) {
        try {
            surroundings.secret(binding.variable());
        } catch (CodedException e) {
            faults.warning(pointer, "is not set now; calls fail until it is");
        }
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode().put("type", "object");
    }

    private static ObjectNode closed(ObjectNode schema) {
        return schema.put("additionalProperties", false);
    }

    private static void require(ObjectNode schema, String name) {
        schema.withArray("/" + REQUIRED).add(name);
    }
}
