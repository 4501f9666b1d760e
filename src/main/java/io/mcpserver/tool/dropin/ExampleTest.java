package io.mcpserver.tool.dropin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.mcpserver.tool.ToolCaller;
import io.mcpserver.tool.ToolOutcome;
import io.mcpserver.tool.ToolOutcome.Failure;
import io.mcpserver.tool.ToolOutcome.Success;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.api.Example;
import io.mcpserver.tool.file.FileTest;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * An example that an author gave of a tool.
 *
 * @param fails the code with which the call must fail; empty where it must succeed
 */
record ExampleTest(String tool, String name, int line, ObjectNode given, Optional<JsonNode> expected, String fails)
        implements FileTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * @param number of the example among those of its tool, from 1
     * @throws IllegalArgumentException if its JSON is none
     */
    static ExampleTest of(String tool, int number, int line, Example example) {
        if (!(parsed("given", example.given()) instanceof ObjectNode given)) {
            throw new IllegalArgumentException("given must be a JSON object, such as {\"a\": 1}");
        }
        return new ExampleTest(
                tool,
                example.name().isEmpty() ? "example " + number : example.name(),
                line,
                given,
                Optional.of(example.expect()).filter(text -> !text.isBlank()).map(text -> parsed("expect", text)),
                example.fails());
    }

    @Override
    public Optional<String> run(Bench bench) {
        ToolOutcome outcome = bench.call(tool, given.deepCopy(), ToolCaller.ANYBODY);
        return switch (outcome) {
            case Success(ToolResult result) ->
                fails.isEmpty()
                        ? expected.flatMap(wanted -> difference("", wanted, answer(result)))
                        : Optional.of("expected the failure %s, but it answered %s".formatted(fails, result.text()));
            case Failure(var failure) ->
                failure.code().name().equals(fails)
                        ? Optional.empty()
                        : Optional.of("expected %s, but it failed with %s: %s"
                                .formatted(
                                        fails.isEmpty() ? "an answer" : "the failure " + fails,
                                        failure.code(),
                                        failure.getMessage()));
            default -> Optional.of("it asked the user, which an example cannot answer");
        };
    }

    private static JsonNode answer(ToolResult result) {
        return result.structured().<JsonNode>map(object -> object).orElseGet(() -> new TextNode(result.text()));
    }

    /** Where and how what came differs from what must at least be there. */
    private static Optional<String> difference(String where, JsonNode wanted, JsonNode came) {
        if (wanted.isObject() && came.isObject()) {
            return wanted.properties().stream()
                    .flatMap(entry ->
                            difference(where + "/" + entry.getKey(), entry.getValue(), came.path(entry.getKey()))
                                    .stream())
                    .findFirst();
        }
        if (wanted.isArray() && came.isArray() && wanted.size() == came.size()) {
            return IntStream.range(0, wanted.size())
                    .mapToObj(i -> difference(where + "/" + i, wanted.get(i), came.get(i)))
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        boolean same = wanted.isNumber() && came.isNumber()
                ? wanted.decimalValue().compareTo(came.decimalValue()) == 0
                : wanted.equals(came);
        return same
                ? Optional.empty()
                : Optional.of("expected %s%s, but came %s"
                        .formatted(
                                wanted,
                                where.isEmpty() ? "" : " at " + where,
                                came.isMissingNode() ? "nothing" : came));
    }

    private static JsonNode parsed(String what, String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(what + " is no JSON: " + e.getOriginalMessage());
        }
    }
}
