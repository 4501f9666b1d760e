package io.mcpserver.tool.declarative;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mcpserver.tool.ToolCaller;
import io.mcpserver.tool.file.SecretReference;
import io.mcpserver.tool.file.Surroundings;
import java.util.Optional;

/**
 * Where the server takes the value of an input that no model gives: {@code caller.name}, {@code caller.namespace},
 * {@code caller.claims.NAME} or {@code env.NAME}.
 *
 * @param type what the text becomes: {@code string}, {@code integer}, {@code number} or {@code boolean}
 */
record Binding(String from, String type) {

    private static final String CLAIMS = "caller.claims.";
    private static final String ENVIRONMENT = "env.";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    boolean isOfEnvironment() {
        return from.startsWith(ENVIRONMENT);
    }

    SecretReference variable() {
        return new SecretReference(from);
    }

    /**
     * The value for a caller; empty where the caller has none.
     *
     * @throws NumberFormatException where it is not of the type
     */
    Optional<JsonNode> value(ToolCaller caller, Surroundings surroundings) {
        return text(caller, surroundings).map(this::typed);
    }

    private Optional<String> text(ToolCaller caller, Surroundings surroundings) {
        if (from.startsWith(CLAIMS)) {
            return Optional.ofNullable(caller.claims().get(from.substring(CLAIMS.length())));
        }
        return switch (from) {
            case "caller.name" -> Optional.of(caller.name());
            case "caller.namespace" -> Optional.of(caller.namespace());
            default -> Optional.of(surroundings.secret(variable()));
        };
    }

    private JsonNode typed(String text) {
        return switch (type) {
            case "integer" -> JSON.numberNode(Long.parseLong(text));
            case "number" -> JSON.numberNode(Double.parseDouble(text));
            case "boolean" -> {
                if (!text.equals("true") && !text.equals("false")) {
                    throw new NumberFormatException();
                }
                yield JSON.booleanNode(text.equals("true"));
            }
            default -> JSON.textNode(text);
        };
    }
}
