package io.mcpserver.tool.declarative.http.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a tool promises of its results: the schema of its answers that are a success, where they have one. */
record ToolOutput(Spec spec, Schemas schemas, Examples examples, Warnings warnings) {

    /** Characters of a schema, which every client is told. */
    static final int LARGEST = 20_000;

    /** For examples only: patterns of a stranger are not run, since they may take for ever. */
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            registry -> registry.schemaRegistryConfig(SchemaRegistryConfig.builder()
                    .regularExpressionFactory(pattern -> text -> true)
                    .build()));

    /** JSON Schema of the structured result; empty where none is described, or where a warning says why there is none. */
    Optional<ObjectNode> of(JsonNode responses) {
        List<JsonNode> contents = responses.properties().stream()
                .filter(response -> response.getKey().matches(OperationTool.SUCCESS))
                .map(Map.Entry::getValue)
                .map(response -> spec.follow(response).path("content"))
                .toList();
        if (contents.stream()
                .anyMatch(content -> !content.isEmpty() && json(content).isMissingNode())) {
            return leftOut("an answer of it is not JSON");
        }
        Set<JsonNode> written =
                contents.stream().map(content -> json(content).path("schema")).collect(Collectors.toSet());
        if (written.size() > 1) {
            return leftOut("not all of its answers have the same schema");
        }
        return written.stream()
                .filter(schema -> !schema.isEmpty())
                .findFirst()
                .flatMap(schema -> output(schemas.of(schema), examples.of(json(contents.getFirst()))));
    }

    private static JsonNode json(JsonNode content) {
        return OperationTool.json(content).orElse(MissingNode.getInstance());
    }

    private Optional<ObjectNode> output(ObjectNode schema, JsonNode example) {
        Optional<ResultShape> shape = ResultShape.of(schema);
        if (shape.isEmpty()) {
            return leftOut("the schema of its answer says neither object nor list nor plain value");
        }
        ObjectNode output = shape.get().schema(schema);
        if (output.toString().length() > LARGEST) {
            return leftOut("the schema of its answer has more than %,d characters".formatted(LARGEST));
        }
        if (!example.isMissingNode()
                && !REGISTRY.getSchema(output)
                        .validate(shape.get().result(example))
                        .isEmpty()) {
            return leftOut("the example of its answer does not conform to the schema");
        }
        return Optional.of(output);
    }

    private Optional<ObjectNode> leftOut(String why) {
        warnings.add("it has no output: " + why);
        return Optional.empty();
    }
}
