package io.mcpserver.tool.declarative.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.PathNotFoundException;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import io.mcpserver.tool.declarative.KindBody;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Which parts of an answer become the result. */
sealed interface ResultPaths {

    Configuration JSON = Configuration.builder()
            .jsonProvider(new JacksonJsonNodeJsonProvider())
            .mappingProvider(new JacksonMappingProvider())
            .build();

    /** What there is in an answer; empty where there is nothing. */
    Optional<JsonNode> of(JsonNode answer);

    /** Empty where {@code body} was told of a fault. */
    static Optional<ResultPaths> read(KindBody body) {
        JsonNode result = body.json().at("/response/result");
        if (result.isMissingNode()) {
            return Optional.of(new Whole());
        }
        if (result.isTextual()) {
            return compiled(body, "/response/result", result.asText()).map(One::new);
        }
        Map<String, JsonPath> paths = new LinkedHashMap<>();
        result.properties().forEach(member -> compiled(
                        body,
                        NamedValues.pointer("/response/result", member.getKey()),
                        member.getValue().asText())
                .ifPresent(path -> paths.put(member.getKey(), path)));
        return paths.size() == result.size() ? Optional.of(new Several(paths)) : Optional.empty();
    }

    private static Optional<JsonPath> compiled(KindBody body, String pointer, String path) {
        try {
            return Optional.of(JsonPath.compile(path));
        } catch (InvalidPathException | IllegalArgumentException e) {
            body.fault(pointer, "is not a JSONPath: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<JsonNode> read(JsonPath path, JsonNode answer) {
        try {
            return Optional.ofNullable(path.<JsonNode>read(answer, JSON)).filter(found -> !found.isNull());
        } catch (PathNotFoundException e) {
            return Optional.empty();
        } catch (JsonPathException e) {
            // A filter that does not fit what it is held against selects nothing.
            return Optional.empty();
        }
    }

    record Whole() implements ResultPaths {

        @Override
        public Optional<JsonNode> of(JsonNode answer) {
            return Optional.of(answer);
        }
    }

    record One(JsonPath path) implements ResultPaths {

        @Override
        public Optional<JsonNode> of(JsonNode answer) {
            return read(path, answer);
        }
    }

    /** An object of what there is. */
    record Several(Map<String, JsonPath> paths) implements ResultPaths {

        @Override
        public Optional<JsonNode> of(JsonNode answer) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            paths.forEach((name, path) -> read(path, answer).ifPresent(found -> object.set(name, found)));
            return object.isEmpty() ? Optional.empty() : Optional.of(object);
        }
    }
}
