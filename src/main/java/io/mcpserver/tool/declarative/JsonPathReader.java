package io.mcpserver.tool.declarative;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.PathNotFoundException;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads what is expected at paths of a result: a value, or conditions on it. */
final class JsonPathReader {

    private static final List<String> CONDITIONS = List.of("equals", "matches", "exists", "min", "max", "length");
    private static final Configuration JACKSON = Configuration.builder()
            .jsonProvider(new JacksonJsonNodeJsonProvider())
            .mappingProvider(new JacksonMappingProvider())
            .build();

    private final FileFaults faults;

    JsonPathReader(FileFaults faults) {
        this.faults = faults;
    }

    List<Expectation> read(JsonNode paths, String pointer) {
        List<Expectation> all = new ArrayList<>();
        paths.properties().forEach(one -> {
            String at = FileTree.member(pointer, one.getKey());
            try {
                JsonPath path = JsonPath.compile(one.getKey());
                conditions(one.getKey(), path, one.getValue(), at, all);
            } catch (InvalidPathException | IllegalArgumentException e) {
                faults.error(at, "is no JSONPath: " + Shown.plain(String.valueOf(e.getMessage())));
            }
        });
        return all;
    }

    private void conditions(String path, JsonPath compiled, JsonNode expected, String pointer, List<Expectation> all) {
        long known = expected.isObject()
                ? expected.propertyStream()
                        .filter(one -> CONDITIONS.contains(one.getKey()))
                        .count()
                : 0;
        if (known == 0) {
            all.add(condition(path, compiled, "equals", expected, pointer));
            return;
        }
        expected.properties().forEach(one -> {
            String at = FileTree.member(pointer, one.getKey());
            if (CONDITIONS.contains(one.getKey())) {
                all.add(condition(path, compiled, one.getKey(), one.getValue(), at));
            } else {
                faults.unknown(
                        at, "unknown condition; there are " + String.join(", ", CONDITIONS), one.getKey(), CONDITIONS);
            }
        });
    }

    private Expectation condition(String path, JsonPath compiled, String name, JsonNode expected, String pointer) {
        check(name, expected, pointer);
        return Expectation.ofStructure(result -> {
            JsonNode value = find(compiled, result);
            return holds(name, expected, value, compiled.isDefinite())
                    ? Optional.empty()
                    : Optional.of("expected %s %s, but it is %s"
                            .formatted(path, words(name, expected), Expectation.show(value)));
        });
    }

    private void check(String name, JsonNode expected, String pointer) {
        switch (name) {
            case "matches" -> {
                try {
                    Pattern.compile(expected.asText());
                } catch (PatternSyntaxException e) {
                    faults.error(pointer, "is no regular expression: " + Shown.plain(e.getDescription()));
                }
            }
            case "exists" -> require(expected.isBoolean(), pointer, "must be true or false");
            case "min", "max" -> require(expected.isNumber(), pointer, "must be a number");
            case "length" -> require(expected.isIntegralNumber(), pointer, "must be a whole number");
            default -> {}
        }
    }

    private void require(boolean met, String pointer, String words) {
        if (!met) {
            faults.error(pointer, words);
        }
    }

    private static JsonNode find(JsonPath path, JsonNode result) {
        try {
            return path.read(result, JACKSON);
        } catch (PathNotFoundException e) {
            return MissingNode.getInstance();
        }
    }

    private static boolean holds(String name, JsonNode expected, JsonNode value, boolean definite) {
        return switch (name) {
            case "matches" ->
                value.isValueNode()
                        && Pattern.compile(expected.asText())
                                .matcher(value.asText())
                                .find();
            case "exists" -> expected.booleanValue() == (definite ? !value.isMissingNode() : !value.isEmpty());
            case "min" -> value.isNumber() && number(value).compareTo(number(expected)) >= 0;
            case "max" -> value.isNumber() && number(value).compareTo(number(expected)) <= 0;
            case "length" -> !value.isMissingNode() && length(value) == expected.intValue();
            default -> SameJson.same(expected, value);
        };
    }

    private static BigDecimal number(JsonNode value) {
        return value.decimalValue();
    }

    private static int length(JsonNode value) {
        return value.isTextual() ? value.textValue().length() : value.size();
    }

    private static String words(String name, JsonNode expected) {
        return switch (name) {
            case "matches" -> "to match " + expected;
            case "exists" -> expected.booleanValue() ? "to be there" : "not to be there";
            case "min" -> "to be at least " + expected;
            case "max" -> "to be at most " + expected;
            case "length" -> "to have the length " + expected;
            default -> "to be " + Expectation.show(expected);
        };
    }
}
