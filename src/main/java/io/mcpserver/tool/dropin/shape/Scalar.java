package io.mcpserver.tool.dropin.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A type whose values are single texts, numbers or booleans.
 *
 * @param type in JSON Schema
 * @param annotation one more keyword of the schema, if there is one
 * @param wanted what a value must be, after "must be"
 */
record Scalar(
        String type,
        Optional<Map.Entry<String, String>> annotation,
        String wanted,
        Predicate<JsonNode> takes,
        Function<JsonNode, Object> reading)
        implements Shape {

    /** More digits than any number of use has; a few letters of JSON may stand for billions of them. */
    private static final int MOST_DIGITS = 10_000;

    private static final Map<Class<?>, Scalar> KNOWN = new HashMap<>();

    static {
        KNOWN.put(
                String.class, new Scalar("string", Optional.empty(), "a text", JsonNode::isTextual, JsonNode::asText));
        both(
                boolean.class,
                Boolean.class,
                new Scalar("boolean", Optional.empty(), "true or false", JsonNode::isBoolean, JsonNode::booleanValue));
        both(int.class, Integer.class, whole("from -2147483648 to 2147483647", BigDecimal::intValueExact));
        both(long.class, Long.class, whole("of at most 64 bits", BigDecimal::longValueExact));
        both(double.class, Double.class, number(JsonNode::doubleValue));
        both(float.class, Float.class, number(JsonNode::floatValue));
        KNOWN.put(BigInteger.class, whole("of at most 10,000 digits", Scalar::digits));
        KNOWN.put(BigDecimal.class, number(JsonNode::decimalValue));
        text(LocalDate.class, "date", "a date such as 2026-01-31", LocalDate::parse);
        text(LocalTime.class, "time", "a time such as 14:30:00", LocalTime::parse);
        text(LocalDateTime.class, null, "a date and time such as 2026-01-31T14:30:00", LocalDateTime::parse);
        text(OffsetDateTime.class, "date-time", "a time such as 2026-01-31T14:30:00+01:00", OffsetDateTime::parse);
        text(Instant.class, "date-time", "a time such as 2026-01-31T14:30:00Z", words -> OffsetDateTime.parse(words)
                .toInstant());
        text(Duration.class, "duration", "a duration such as PT1H30M", Duration::parse);
        text(UUID.class, "uuid", "a UUID", UUID::fromString);
        text(URI.class, "uri", "a URI such as https://example.com/a", URI::create);
        KNOWN.put(
                byte[].class,
                new Scalar(
                        "string",
                        Optional.of(Map.entry("contentEncoding", "base64")),
                        "bytes in base64",
                        JsonNode::isTextual,
                        json -> Base64.getDecoder().decode(json.asText())));
    }

    static Optional<Shape> of(Class<?> type) {
        return Optional.ofNullable(KNOWN.get(type));
    }

    @Override
    public ObjectNode schema(SchemaPath path) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", type);
        annotation.ifPresent(keyword -> schema.put(keyword.getKey(), keyword.getValue()));
        return schema;
    }

    @Override
    public Object read(JsonNode json, String where) {
        if (takes.test(json)) {
            try {
                return reading.apply(json);
            } catch (DateTimeException | IllegalArgumentException | ArithmeticException e) {
                throw Misfit.of(where, wanted, json);
            }
        }
        throw Misfit.of(where, wanted, json);
    }

    private static void both(Class<?> primitive, Class<?> boxed, Scalar scalar) {
        KNOWN.put(primitive, scalar);
        KNOWN.put(boxed, scalar);
    }

    private static Scalar whole(String range, Function<BigDecimal, Object> reading) {
        return new Scalar(
                "integer",
                Optional.empty(),
                "a whole number " + range,
                JsonNode::isNumber,
                json -> reading.apply(json.decimalValue()));
    }

    private static Scalar number(Function<JsonNode, Object> reading) {
        return new Scalar("number", Optional.empty(), "a number", JsonNode::isNumber, reading);
    }

    private static BigInteger digits(BigDecimal number) {
        if (number.precision() - (long) number.scale() > MOST_DIGITS) {
            throw new ArithmeticException("too many digits");
        }
        return number.toBigIntegerExact();
    }

    private static void text(Class<?> type, String format, String wanted, Function<String, Object> reading) {
        KNOWN.put(
                type,
                new Scalar(
                        "string",
                        Optional.ofNullable(format).map(name -> Map.entry("format", name)),
                        wanted,
                        JsonNode::isTextual,
                        json -> reading.apply(json.asText())));
    }
}
