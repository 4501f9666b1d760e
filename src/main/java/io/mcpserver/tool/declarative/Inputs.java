package io.mcpserver.tool.declarative;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * The inputs of one call: what the model gave, with defaults filled in, and what the operator bound to the caller or the
 * environment.
 */
@FunctionalInterface
public interface Inputs {

    /** The value of an input; empty where it is optional and was not given. */
    Optional<JsonNode> get(String name);

    /** The value as a text, as it stands in the middle of a template; empty where it was not given. */
    default Optional<String> text(String name) {
        return get(name).map(value -> value.isValueNode() ? value.asText() : value.toString());
    }
}
