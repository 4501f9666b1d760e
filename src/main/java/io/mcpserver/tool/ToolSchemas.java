package io.mcpserver.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;

/**
 * The schemas of one built-in tool, JSON Schema 2020-12, as they lie beside this package under {@code
 * schema/<tool>.json}. Not changed by those who are given them.
 *
 * @param input what a call takes; always an object without additional properties
 * @param output what a call answers: its result, or {@code error} with code, message and retryable. Clients check the
 *     structured content of failed calls as well, so the schema has to allow for failure
 */
public record ToolSchemas(ObjectNode input, ObjectNode output) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ERROR = "error";
    private static final Set<String> COMBINATIONS = Set.of("$ref", "allOf", "anyOf", "oneOf", "not", "if");

    /** Reads the schemas of a tool. */
    public static ToolSchemas of(String tool) {
        try (InputStream file = ToolSchemas.class.getResourceAsStream("schema/" + tool + ".json")) {
            if (file == null) {
                throw new IllegalStateException("No schema for the tool " + tool);
            }
            ObjectNode both = (ObjectNode) JSON.readTree(file);
            return new ToolSchemas(both.withObject("/input"), withFailure(both.withObject("/output")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The output schema as clients are told it, who check the structured content of failed calls as well: allows for
     * failure besides. One that speaks of {@code error} itself, or combines schemas, is left as it is.
     */
    public static ObjectNode orFailure(ObjectNode output) {
        boolean plain = COMBINATIONS.stream().noneMatch(output::has)
                && !output.path("properties").has(ERROR);
        return plain ? withFailure(output.deepCopy()) : output;
    }

    private static ObjectNode withFailure(ObjectNode output) {
        output.withObject("/properties").set(ERROR, failure());
        JsonNode required = output.remove("required");
        if (required != null) {
            ObjectNode success = JSON.createObjectNode();
            success.set("required", required);
            ObjectNode failed = JSON.createObjectNode();
            failed.putArray("required").add(ERROR);
            output.putArray("oneOf").add(success).add(failed);
        }
        return output;
    }

    private static ObjectNode failure() {
        ObjectNode error = JSON.createObjectNode();
        error.put("type", "object").put("description", "Only in a failed call.");
        ObjectNode properties = error.putObject("properties");
        properties.putObject("code").put("type", "string");
        properties.putObject("message").put("type", "string").put("description", "What to do next.");
        properties
                .putObject("retryable")
                .put("type", "boolean")
                .put("description", "Whether the same call may succeed later without being changed.");
        error.putArray("required").add("code").add("message").add("retryable");
        return error;
    }
}
