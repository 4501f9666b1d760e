package io.mcpserver.tool.dropin.shape;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.api.Arg;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An argument of a tool, or a part of a record.
 *
 * @param arg what more is said of it
 * @param optional whether the type is {@code Optional}
 * @param required whether it has to be given; in a result, whether it is always there
 * @param standard what stands for it where it is not given
 */
public record Field(
        String name,
        String description,
        Shape shape,
        Optional<Arg> arg,
        boolean optional,
        boolean required,
        Optional<JsonNode> standard) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * An argument of a method.
     *
     * @param arg what more is said of it; null if nothing is
     * @throws UnsupportedTypeException if it cannot be one
     */
    public static Field argument(String name, Type type, Arg arg, Shapes shapes) {
        try {
            Field field = of(name, Bound.of(type, Map.of()), arg, shapes);
            field.schema(new SchemaPath(false));
            return field;
        } catch (SchemaPath.TooManyPartsException e) {
            throw e.inWords();
        }
    }

    static Field of(String name, Bound type, Arg arg, Shapes shapes) {
        boolean optional = type.raw() == Optional.class;
        Bound inner = optional ? type.argument(0) : type;
        Optional<Arg> said = Optional.ofNullable(arg);
        Shape shape = shapes.of(inner);
        Optional<JsonNode> standard = said.filter(words -> words.defaultValue().length > 0)
                .map(words -> standard(words.defaultValue(), shape));
        boolean required = !optional && said.map(Arg::required).orElse(true);
        if (!required && standard.isEmpty() && inner.raw().isPrimitive()) {
            throw new UnsupportedTypeException("may be left out, so it needs a defaultValue or the type Optional<%s>"
                    .formatted(inner.raw() == int.class ? "Integer" : capitalized(inner.inWords())));
        }
        return new Field(
                said.map(Arg::name).filter(words -> !words.isEmpty()).orElse(name),
                said.map(Arg::description).orElse(""),
                shape,
                said,
                optional,
                required,
                standard);
    }

    /** Puts the schemas of fields into that of an object. */
    public static void describe(List<Field> fields, ObjectNode object) {
        describe(fields, object, new SchemaPath(false));
    }

    static void describe(List<Field> fields, ObjectNode object, SchemaPath path) {
        ObjectNode properties = object.putObject("properties");
        ArrayNode required = JsonNodeFactory.instance.arrayNode();
        Set<String> names = new HashSet<>();
        for (Field field : fields) {
            path.count();
            if (!names.add(field.name)) {
                throw new UnsupportedTypeException("has two parts of the name %s".formatted(field.name));
            }
            try {
                properties.set(field.name, field.schema(path));
            } catch (UnsupportedTypeException e) {
                throw e.within(field.name);
            }
            if (field.required && (path.output() || field.standard.isEmpty())) {
                required.add(field.name);
            }
        }
        if (!required.isEmpty()) {
            object.set("required", required);
        }
        object.put("additionalProperties", false);
    }

    /**
     * The value of the field in an object.
     *
     * @param prefix of its name in what is said of a fault
     */
    public Object read(ObjectNode object, String prefix) {
        JsonNode given = object.path(name);
        JsonNode value = given.isMissingNode() || given.isNull() ? standard.orElse(given) : given;
        boolean missing = value.isMissingNode() || value.isNull() && !takesNull();
        if (missing && required) {
            throw new CodedException(ErrorCode.INVALID_ARGUMENT, "%s%s is missing.".formatted(prefix, name));
        }
        Object read = missing ? null : shape.read(value, prefix + name);
        return optional ? Optional.ofNullable(read) : read;
    }

    private boolean takesNull() {
        return shape.schema(new SchemaPath(false)).isEmpty();
    }

    private ObjectNode schema(SchemaPath path) {
        ObjectNode schema = shape.schema(path);
        arg.ifPresent(words -> Limits.add(words, schema));
        if (!description.isEmpty()) {
            schema.put("description", description);
        }
        if (!path.output()) {
            standard.ifPresent(value -> schema.set("default", value));
        }
        return schema;
    }

    private static JsonNode standard(String[] written, Shape shape) {
        if (written.length > 1) {
            throw new UnsupportedTypeException("has several defaultValues: " + Arrays.toString(written));
        }
        boolean text = shape.schema(new SchemaPath(false)).path("type").asText().equals("string");
        try {
            JsonNode value = text ? JsonNodeFactory.instance.textNode(written[0]) : JSON.readTree(written[0]);
            shape.read(value, "the defaultValue");
            return value;
        } catch (JsonProcessingException e) {
            throw new UnsupportedTypeException("has a defaultValue that is no JSON: " + written[0]);
        } catch (CodedException e) {
            throw new UnsupportedTypeException("does not fit: " + e.getMessage());
        }
    }

    private static String capitalized(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
