package io.mcpserver.tool.declarative.compute;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.declarative.Inputs;
import io.mcpserver.tool.declarative.KindBody;
import io.mcpserver.tool.declarative.KindHandler;
import io.mcpserver.tool.declarative.ToolKind;
import io.mcpserver.tool.file.Surroundings;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@code compute}: numbers by expressions over the inputs. Expressions are read once, with their file; an input is a value
 * in them and never a part of them.
 */
public final class ComputeKind implements ToolKind {

    @Override
    public String name() {
        return "compute";
    }

    @Override
    public boolean readsOnly(KindBody body) {
        return true;
    }

    @Override
    public boolean computes() {
        return true;
    }

    @Override
    public Optional<KindHandler> handler(KindBody body, Surroundings surroundings) {
        Map<String, Expression> results = new LinkedHashMap<>();
        body.json().properties().forEach(result -> expression(
                        body, "/" + result.getKey(), result.getValue().asText())
                .ifPresent(expression -> results.put(result.getKey(), expression)));
        if (results.size() < body.json().size()) {
            return Optional.empty();
        }
        String tool = body.tool();
        return Optional.of((inputs, call) -> compute(tool, results, inputs));
    }

    private static Optional<Expression> expression(KindBody body, String pointer, String text) {
        ExpressionReader reader = new ExpressionReader(text);
        try {
            Expression expression = reader.read();
            Optional<String> fault = reader.names().stream()
                    .flatMap(name -> fault(body, name).stream())
                    .findFirst();
            fault.ifPresent(words -> body.fault(pointer, words));
            return fault.isEmpty() ? Optional.of(expression) : Optional.empty();
        } catch (Unreadable e) {
            body.fault(pointer, e.getMessage());
            return Optional.empty();
        }
    }

    /** Why an input cannot be computed with. */
    private static Optional<String> fault(KindBody body, String name) {
        JsonNode inputs = body.inputs().path("properties");
        JsonNode input = inputs.path(name);
        if (input.isMissingNode()) {
            return Optional.of("\"" + name + "\" is no input of this tool"
                    + (inputs.isEmpty()
                            ? ", which has none"
                            : "; there are " + String.join(", ", (Iterable<String>) inputs::fieldNames)));
        }
        if (body.secretInputs().contains(name)) {
            return Optional.of("\"" + name + "\" cannot stand here, where a client could see the secret");
        }
        String type = input.path("type").asText();
        if (!type.equals("number") && !type.equals("integer")) {
            return Optional.of("\"" + name + "\" is no number; its type must be number or integer");
        }
        boolean given = body.bound().contains(name) ? !body.mayLack(name) : isGiven(body, name);
        if (!given) {
            return Optional.of("\"" + name + "\" may be left out, and then there is no result; give it a default");
        }
        return Optional.empty();
    }

    private static boolean isGiven(KindBody body, String name) {
        boolean given = body.inputs().path("properties").path(name).has("default");
        for (JsonNode required : body.inputs().path("required")) {
            given |= required.asText().equals(name);
        }
        return given;
    }

    /** The text is the number itself where there is one only. */
    private static ToolResult compute(String tool, Map<String, Expression> results, Inputs inputs) {
        ObjectNode structured = JsonNodeFactory.instance.objectNode();
        BigDecimal last = null;
        for (Map.Entry<String, Expression> result : results.entrySet()) {
            try {
                last = result.getValue().value(inputs);
            } catch (NoValue e) {
                throw new CodedException(
                        ErrorCode.INVALID_ARGUMENT,
                        "%s has no \"%s\" for these arguments, since %s; give others."
                                .formatted(tool, result.getKey(), e.getMessage()));
            }
            structured.put(result.getKey(), last);
        }
        return results.size() == 1 ? ToolResult.of(structured, last.toString()) : ToolResult.of(structured);
    }
}
