package io.mcpserver.tool.declarative;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.ToolOutcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads what a test expects; what cannot be expected is told when the file is read. */
final class ExpectationReader {

    private static final List<String> CODES =
            Arrays.stream(ErrorCode.values()).map(Enum::name).toList();
    private static final String ERROR = "error";

    private final FileFaults faults;

    ExpectationReader(FileFaults faults) {
        this.faults = faults;
    }

    /** @param expect of a valid form */
    List<Expectation> read(JsonNode expect, String pointer) {
        List<Expectation> all = new ArrayList<>();
        if (expect.has(ERROR) && expect.size() > 1) {
            faults.error(pointer + "/" + ERROR, "cannot stand beside what is expected of a result");
        }
        expect.properties().forEach(one -> {
            String at = FileTree.member(pointer, one.getKey());
            JsonNode value = one.getValue();
            switch (one.getKey()) {
                case "equals" -> all.add(Expectation.ofStructure(result -> equal(value, result)));
                case "subset" -> all.add(Expectation.ofStructure(result -> SameJson.lacking(value, result, "$")));
                case "text" -> all.add(text(value.asText()));
                case "text_contains" -> all.add(textContains(value.asText()));
                case "schema" -> schema(value, at).ifPresent(all::add);
                case "jsonpath" -> all.addAll(new JsonPathReader(faults).read(value, at));
                case "min_items" -> all.add(items(value.asInt(), true));
                case "max_items" -> all.add(items(value.asInt(), false));
                default -> all.add(error(value, at));
            }
        });
        return all;
    }

    private static Optional<String> equal(JsonNode expected, JsonNode result) {
        return SameJson.same(expected, result)
                ? Optional.empty()
                : Optional.of(
                        "expected " + Expectation.show(expected) + ", but the result is " + Expectation.show(result));
    }

    private static Expectation text(String expected) {
        return Expectation.ofResult(result -> result.text().strip().equals(expected.strip())
                ? Optional.empty()
                : Optional.of("expected the text \"" + Shown.cut(expected, Expectation.SHOWN) + "\", but it is \""
                        + Shown.cut(result.text(), Expectation.SHOWN) + "\""));
    }

    private static Expectation textContains(String expected) {
        return Expectation.ofResult(result -> result.text().contains(expected)
                ? Optional.empty()
                : Optional.of("expected a text with \"" + Shown.cut(expected, Expectation.SHOWN) + "\", but it is \""
                        + Shown.cut(result.text(), Expectation.SHOWN) + "\""));
    }

    private Optional<Expectation> schema(JsonNode written, String pointer) {
        if (!SchemaCheck.valid(written, pointer, faults)) {
            return Optional.empty();
        }
        Schema schema = ToolFileSchema.of(written);
        return Optional.of(Expectation.ofStructure(result -> schema.validate(result).stream()
                .findFirst()
                .map(fault -> "expected what the schema says, but at \""
                        + SchemaFaults.pointer(fault.getInstanceLocation()) + "\": "
                        + Shown.cut(fault.getMessage(), Expectation.SHOWN))));
    }

    private static Expectation items(int limit, boolean least) {
        return Expectation.ofStructure(result -> {
            Optional<JsonNode> list =
                    result.valueStream().filter(JsonNode::isArray).findFirst();
            if (list.isEmpty()) {
                return Optional.of("expected a list in the result, but it is " + Expectation.show(result));
            }
            int size = list.get().size();
            boolean met = least ? size >= limit : size <= limit;
            return met
                    ? Optional.empty()
                    : Optional.of("expected at %s %d items, but there are %d"
                            .formatted(least ? "least" : "most", limit, size));
        });
    }

    private Expectation error(JsonNode expected, String pointer) {
        String code = expected.path("code").asText("");
        if (!code.isEmpty() && !CODES.contains(code)) {
            faults.unknown(
                    pointer + "/code", "is no code of an error; there are " + String.join(", ", CODES), code, CODES);
        }
        String part = expected.path("message_contains").asText("");
        String wanted = "expected an error" + (code.isEmpty() ? "" : " " + code)
                + (part.isEmpty() ? "" : " with \"" + Shown.cut(part, Expectation.SHOWN) + "\"");
        return outcome -> switch (outcome) {
            case ToolOutcome.Failure failure ->
                (code.isEmpty() || failure.failure().code().name().equals(code))
                                && failure.failure().getMessage().contains(part)
                        ? Optional.empty()
                        : Optional.of(wanted + ", but the call failed with " + Expectation.words(failure.failure()));
            case ToolOutcome.Success success ->
                Optional.of(wanted + ", but the call succeeded with "
                        + Shown.cut(success.result().text(), Expectation.SHOWN));
            case ToolOutcome other -> Optional.of(wanted + ", but the tool asks its user");
        };
    }
}
