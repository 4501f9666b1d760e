package io.mcpserver.tool.dropin.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.api.Arg;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Values of Java as JSON, whatever their declared types, and JSON as values of the JDK.
 *
 * <p>For one value and one thread.
 */
public final class JsonForm {

    /** The member of a structured result that has a value which is no object. */
    public static final String RESULT = "result";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int MOST_LEVELS = 100;
    private static final int MOST_VALUES = 1_000_000;

    private int values;

    private JsonForm() {}

    /**
     * The JSON of a value that a tool answered.
     *
     * @throws CodedException {@code TOO_LARGE} if it has more than 100 levels, as one that contains itself, or a million
     *     values
     * @throws IllegalArgumentException if a part of it has no JSON, naming its type
     */
    public static JsonNode of(Object value) {
        return new JsonForm().json(value, 0);
    }

    /** JSON as texts, {@code Long}s, {@code BigInteger}s, {@code Double}s, booleans, lists, maps and nulls. */
    public static Object plain(JsonNode json) {
        return switch (json.getNodeType()) {
            case STRING -> json.asText();
            case BOOLEAN -> json.booleanValue();
            case NUMBER ->
                json.canConvertToLong() && json.isIntegralNumber()
                        ? (Object) json.longValue()
                        : json.isIntegralNumber() ? (Object) json.bigIntegerValue() : (Object) json.doubleValue();
            case ARRAY -> {
                List<Object> items = new ArrayList<>(json.size());
                json.forEach(item -> items.add(plain(item)));
                yield Collections.unmodifiableList(items);
            }
            case OBJECT -> {
                Map<String, Object> members = new LinkedHashMap<>();
                json.properties().forEach(entry -> members.put(entry.getKey(), plain(entry.getValue())));
                yield Collections.unmodifiableMap(members);
            }
            default -> null;
        };
    }

    private JsonNode json(Object value, int level) {
        if (level > MOST_LEVELS || ++values > MOST_VALUES) {
            throw new CodedException(
                    ErrorCode.TOO_LARGE,
                    "The result has more than %d levels or %,d values; ask for less."
                            .formatted(MOST_LEVELS, MOST_VALUES));
        }
        return switch (value) {
            case null -> NODES.nullNode();
            case JsonNode json -> json;
            case CharSequence text -> NODES.textNode(text.toString());
            case Boolean truth -> NODES.booleanNode(truth);
            case Integer number -> NODES.numberNode(number.intValue());
            case Long number -> NODES.numberNode(number.longValue());
            case Double number -> finite(number);
            case Float number -> finite(number.doubleValue());
            case BigDecimal number -> NODES.numberNode(number);
            case BigInteger number -> NODES.numberNode(number);
            case Short number -> NODES.numberNode(number.intValue());
            case Byte number -> NODES.numberNode(number.intValue());
            case Enum<?> constant -> NODES.textNode(constant.name());
            case Temporal time -> NODES.textNode(time.toString());
            case TemporalAmount time -> NODES.textNode(time.toString());
            case UUID id -> NODES.textNode(id.toString());
            case URI address -> NODES.textNode(address.toString());
            case byte[] bytes -> NODES.textNode(Base64.getEncoder().encodeToString(bytes));
            case Optional<?> optional -> json(optional.orElse(null), level);
            case Map<?, ?> map -> members(map, level);
            case Iterable<?> items -> items(items, level);
            case Object[] items -> items(Arrays.asList(items), level);
            case Record record -> parts(record, level);
            default ->
                throw new IllegalArgumentException("The tool answered with something of the type "
                        + value.getClass().getTypeName() + ", which has no JSON.");
        };
    }

    private static JsonNode finite(double number) {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("The tool answered with " + number + ", which is no number of JSON.");
        }
        return NODES.numberNode(number);
    }

    private ObjectNode members(Map<?, ?> map, int level) {
        ObjectNode object = NODES.objectNode();
        map.forEach((name, value) -> object.set(String.valueOf(name), json(value, level + 1)));
        return object;
    }

    private ArrayNode items(Iterable<?> items, int level) {
        ArrayNode array = NODES.arrayNode();
        items.forEach(item -> array.add(json(item, level + 1)));
        return array;
    }

    private ObjectNode parts(Record value, int level) {
        ObjectNode object = NODES.objectNode();
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            Object part = part(component, value);
            Arg arg = component.getAnnotation(Arg.class);
            String name = arg == null || arg.name().isEmpty() ? component.getName() : arg.name();
            if (part instanceof Optional<?> optional && optional.isEmpty()) {
                continue;
            }
            if (part != null || component.getType() == Object.class) {
                object.set(name, json(part, level + 1));
            } else if (arg == null || arg.required()) {
                throw new IllegalArgumentException(
                        "%s of the %s that the tool answered with is null; make it an Optional."
                                .formatted(component.getName(), value.getClass().getSimpleName()));
            }
        }
        return object;
    }

    private static Object part(RecordComponent component, Record value) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "The part %s of %s cannot be read."
                            .formatted(component.getName(), value.getClass().getTypeName()),
                    e.getCause());
        }
    }
}
