package io.mcpserver.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

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
    private static final String PROPERTIES = "properties";
    private static final String REQUIRED = "required";
    private static final Set<String> PLAIN =
            Set.of("type", PROPERTIES, REQUIRED, "additionalProperties", "title", "description", "$defs", "$schema");

    /** Whether a tool of this name comes with the program. */
    public static boolean has(String tool) {
        return ToolSchemas.class.getResource("schema/" + tool + ".json") != null;
    }

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
     * failure besides. One that speaks of {@code error} itself is left as it is.
     *
     * @param output of successful calls; not changed
     */
    public static ObjectNode orFailure(ObjectNode output) {
        if (output.path(PROPERTIES).has(ERROR)) {
            return output;
        }
        ObjectNode both = output.deepCopy();
        return PLAIN.containsAll(names(both)) ? withFailure(both) : either(both);
    }

    /** For a schema whose keywords could refuse a failure, or depend on where they stand. */
    private static ObjectNode either(ObjectNode output) {
        ObjectNode both = JSON.createObjectNode().put("type", "object");
        JsonNode definitions = output.remove("$defs");
        if (definitions != null) {
            both.set("$defs", definitions);
        }
        ObjectNode failed = JSON.createObjectNode().put("type", "object");
        failed.putObject(PROPERTIES).set(ERROR, failure());
        failed.putArray(REQUIRED).add(ERROR);
        both.putArray("anyOf").add(output).add(failed);
        return both;
    }

    private static ObjectNode withFailure(ObjectNode output) {
        output.withObject("/" + PROPERTIES).set(ERROR, failure());
        ObjectNode success = JSON.createObjectNode();
        JsonNode required = output.remove(REQUIRED);
        if (required != null) {
            success.set(REQUIRED, required);
        } else {
            success.putObject("not").putArray(REQUIRED).add(ERROR);
        }
        ObjectNode failed = JSON.createObjectNode();
        failed.putArray(REQUIRED).add(ERROR);
        output.putArray("oneOf").add(success).add(failed);
        return output;
    }

    private static Set<String> names(ObjectNode schema) {
        return schema.propertyStream().map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    private static ObjectNode failure() {
        ObjectNode error = JSON.createObjectNode();
        error.put("type", "object").put("description", "Only in a failed call.");
        ObjectNode properties = error.putObject(PROPERTIES);
        properties.putObject("code").put("type", "string");
        properties.putObject("message").put("type", "string").put("description", "What to do next.");
        properties
                .putObject("retryable")
                .put("type", "boolean")
                .put("description", "Whether the same call may succeed later without being changed.");
        error.putArray(REQUIRED).add("code").add("message").add("retryable");
        return error;
    }
}
