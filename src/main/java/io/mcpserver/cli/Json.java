package io.mcpserver.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpserver.insight.InsightException;

/** JSON as commands read and print it. */
final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static JsonNode read(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new InsightException("The server answered with something that is not JSON.", e);
        }
    }

    /** Indented. */
    static String print(JsonNode json) {
        return json.toPrettyString();
    }
}
