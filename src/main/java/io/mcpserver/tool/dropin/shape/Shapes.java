package io.mcpserver.tool.dropin.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the shapes of types; one for all types of a tool file, and gone with it.
 *
 * <p>Threads: safe for any number of callers.
 */
public final class Shapes {

    private final Map<Bound, RecordShape> records = Collections.synchronizedMap(new HashMap<>());

    /** @throws UnsupportedTypeException if the type has no JSON */
    Shape of(Bound type) {
        Class<?> raw = type.raw();
        Optional<Shape> scalar = Scalar.of(raw);
        if (scalar.isPresent()) {
            return scalar.get();
        }
        if (raw == Object.class) {
            return new Anything();
        }
        if (raw.isEnum()) {
            return new Choice(raw);
        }
        if (raw.isRecord()) {
            return records.computeIfAbsent(type, key -> new RecordShape(key, this));
        }
        if (raw == List.class) {
            return new Items(of(type.argument(0)));
        }
        if (raw == Map.class
                && type.argument(0).raw() != String.class
                && !type.arguments().isEmpty()) {
            throw new UnsupportedTypeException("is a map whose keys are no texts; use Map<String, …>");
        }
        if (raw == Map.class) {
            return new Members(of(type.argument(1)));
        }
        throw Bound.unsupported(type.inWords());
    }

    /**
     * The schema of a method's result: nothing for texts, maps and what is only known when it is there.
     *
     * @throws UnsupportedTypeException if the type has no JSON
     */
    public Optional<ObjectNode> ofResult(Type type) {
        if (type == void.class || type == String.class || type == Object.class) {
            return Optional.empty();
        }
        Bound bound = Bound.of(type, Map.<TypeVariable<?>, Bound>of());
        ObjectNode schema = schema(bound);
        if (bound.raw() == Map.class) {
            return Optional.empty();
        }
        if (!bound.raw().isRecord()) {
            ObjectNode wrapped = JsonNodeFactory.instance.objectNode().put("type", "object");
            wrapped.putObject("properties").set(JsonForm.RESULT, schema);
            wrapped.putArray("required").add(JsonForm.RESULT);
            return Optional.of(wrapped);
        }
        if (schema.path("properties").has("error")) {
            throw new UnsupportedTypeException("has a part that is called error, which marks calls that failed");
        }
        schema.remove("additionalProperties");
        return Optional.of(schema);
    }

    private ObjectNode schema(Bound result) {
        try {
            return of(result).schema(new SchemaPath(true));
        } catch (SchemaPath.TooManyPartsException e) {
            throw e.inWords();
        }
    }

    private static ObjectNode typed(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }

    /** Any value, as texts, numbers, booleans, lists and maps. */
    private record Anything() implements Shape {

        @Override
        public ObjectNode schema(SchemaPath path) {
            return JsonNodeFactory.instance.objectNode();
        }

        @Override
        public Object read(JsonNode json, String where) {
            return JsonForm.plain(json);
        }
    }

    private record Choice(Class<?> type) implements Shape {

        private List<String> names() {
            return Stream.of(type.getEnumConstants())
                    .map(constant -> ((Enum<?>) constant).name())
                    .toList();
        }

        @Override
        public ObjectNode schema(SchemaPath path) {
            ObjectNode schema = typed("string");
            names().forEach(schema.putArray("enum")::add);
            return schema;
        }

        @Override
        public Object read(JsonNode json, String where) {
            return Stream.of(type.getEnumConstants())
                    .filter(constant ->
                            json.isTextual() && ((Enum<?>) constant).name().equals(json.asText()))
                    .findFirst()
                    .orElseThrow(() -> Misfit.of(where, "one of " + String.join(", ", names()), json));
        }
    }

    private record Items(Shape item) implements Shape {

        @Override
        public ObjectNode schema(SchemaPath path) {
            ObjectNode schema = typed("array");
            schema.set("items", item.schema(path));
            return schema;
        }

        @Override
        public Object read(JsonNode json, String where) {
            if (!json.isArray()) {
                throw Misfit.of(where, "an array", json);
            }
            List<Object> items = new ArrayList<>(json.size());
            for (int i = 0; i < json.size(); i++) {
                items.add(item.read(json.get(i), where + "[" + i + "]"));
            }
            return Collections.unmodifiableList(items);
        }
    }

    private record Members(Shape member) implements Shape {

        @Override
        public ObjectNode schema(SchemaPath path) {
            ObjectNode schema = typed("object");
            schema.set("additionalProperties", member.schema(path));
            return schema;
        }

        @Override
        public Object read(JsonNode json, String where) {
            if (!json.isObject()) {
                throw Misfit.of(where, "an object", json);
            }
            Map<String, Object> members = new LinkedHashMap<>();
            json.properties()
                    .forEach(entry ->
                            members.put(entry.getKey(), member.read(entry.getValue(), where + "." + entry.getKey())));
            return Collections.unmodifiableMap(members);
        }
    }
}
