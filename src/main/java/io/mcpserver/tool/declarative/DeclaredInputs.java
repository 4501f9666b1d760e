package io.mcpserver.tool.declarative;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.ToolCall;
import io.mcpserver.tool.ToolCaller;
import io.mcpserver.tool.file.Surroundings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The inputs that a tool declares.
 *
 * @param full the schema of all inputs
 * @param visible the schema without those that are bound: what a client is told, and may give
 * @param defaults of inputs that may be left out
 * @param bound inputs that the server gives
 */
record DeclaredInputs(
        String tool, ObjectNode full, ObjectNode visible, Map<String, JsonNode> defaults, Map<String, Bound> bound) {

    /**
     * An input that the server gives.
     *
     * @param schema that its value must conform to
     * @param optional whether a call goes on without it
     */
    record Bound(Binding binding, Schema schema, boolean optional) {}

    /** Whether a call goes on though the server has no value for an input that it gives. */
    boolean mayLack(String name) {
        return bound.containsKey(name) && bound.get(name).optional() && !defaults.containsKey(name);
    }

    /** Names of the inputs that are secrets, since they are taken from the environment. */
    Set<String> secrets() {
        return bound.entrySet().stream()
                .filter(one -> one.getValue().binding().isOfEnvironment())
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    DeclaredInputs {
        defaults = Map.copyOf(defaults);
        bound = Map.copyOf(bound);
    }

    /**
     * The inputs of one call.
     *
     * @throws CodedException {@code UNSUPPORTED} where one that is bound is missing or is not what it must be
     */
    Inputs of(ToolCall call, Surroundings surroundings) {
        ObjectNode arguments = call.arguments();
        if (bound.isEmpty()) {
            return name -> given(arguments, name);
        }
        Map<String, JsonNode> values = new HashMap<>();
        bound.forEach((name, one) ->
                value(name, one, call.caller(), surroundings).ifPresent(value -> values.put(name, value)));
        return name -> bound.containsKey(name) ? Optional.ofNullable(values.get(name)) : given(arguments, name);
    }

    private Optional<JsonNode> given(ObjectNode arguments, String name) {
        JsonNode value = arguments.get(name);
        return Optional.ofNullable(value != null ? value : defaults.get(name));
    }

    private Optional<JsonNode> value(String name, Bound one, ToolCaller caller, Surroundings surroundings) {
        Optional<JsonNode> value;
        try {
            value = one.binding().value(caller, surroundings);
        } catch (NumberFormatException e) {
            throw wrong(name, one);
        } catch (CodedException e) {
            if (defaults.containsKey(name)) {
                return Optional.of(defaults.get(name));
            }
            if (one.optional()) {
                return Optional.empty();
            }
            throw e;
        }
        if (value.isEmpty() && defaults.containsKey(name)) {
            return Optional.of(defaults.get(name));
        }
        if (value.isEmpty() && !one.optional()) {
            throw new CodedException(
                    ErrorCode.UNSUPPORTED,
                    "%s needs %s for its input \"%s\", and this caller has none; the operator can add it to the key."
                            .formatted(tool, one.binding().from(), name));
        }
        if (value.isPresent() && !one.schema().validate(value.get()).isEmpty()) {
            throw wrong(name, one);
        }
        return value;
    }

    private CodedException wrong(String name, Bound one) {
        return new CodedException(
                ErrorCode.UNSUPPORTED,
                "%s takes its input \"%s\" from %s, which is not what it must be; tell the operator."
                        .formatted(tool, name, one.binding().from()));
    }
}
