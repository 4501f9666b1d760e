package io.mcpserver.tool.declarative;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpserver.error.CodedException;
import io.mcpserver.tool.ToolOutcome;
import io.mcpserver.tool.ToolResult;
import java.util.Optional;
import java.util.function.Function;

/** One thing that a test expects of the answer of a call. */
@FunctionalInterface
interface Expectation {

    int SHOWN = 300;

    /** What was expected and what came instead; empty where it is as expected. */
    Optional<String> unmet(ToolOutcome outcome);

    /** Expects a call that succeeds, and something of its result. */
    static Expectation ofResult(Function<ToolResult, Optional<String>> unmet) {
        return outcome -> switch (outcome) {
            case ToolOutcome.Success success -> unmet.apply(success.result());
            case ToolOutcome.Failure failure ->
                Optional.of("expected a result, but the call failed with " + words(failure.failure()));
            case ToolOutcome other -> Optional.of("expected a result, but the tool asks its user, and a test has none");
        };
    }

    /** Expects a structured result, and something of it. */
    static Expectation ofStructure(Function<JsonNode, Optional<String>> unmet) {
        return ofResult(result -> result.structured().isPresent()
                ? unmet.apply(result.structured().get())
                : Optional.of(
                        "expected a structured result, but there is only the text " + Shown.cut(result.text(), SHOWN)));
    }

    static String words(CodedException failure) {
        return failure.code() + ": " + Shown.cut(failure.getMessage(), SHOWN);
    }

    /** A value as a failed test shows it. */
    static String show(JsonNode value) {
        return value == null || value.isMissingNode() ? "nothing" : Shown.cut(value.toString(), SHOWN);
    }
}
