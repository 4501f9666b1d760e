package io.mcpserver.conformance;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.tool.Question;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Schemas and questions, written as JSON. */
final class SuiteJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private SuiteJson() {}

    static ObjectNode object(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An object schema with one required property. */
    static ObjectNode oneProperty(String name, String type) {
        return object("""
                {"type": "object", "properties": {"%s": {"type": "%s"}}, "required": ["%s"]}
                """.formatted(name, type, name));
    }

    /** A question to the user with one field. */
    static Question form(String message, String field, String type) {
        return new Question.Elicitation(message, oneProperty(field, type));
    }

    /** A question to the model. */
    static Question model(String text, int maxTokens) {
        ObjectNode params = JSON.createObjectNode();
        ObjectNode message = params.putArray("messages").addObject().put("role", "user");
        message.putObject("content").put("type", "text").put("text", text);
        return new Question.Sampling(params.put("maxTokens", maxTokens));
    }
}
