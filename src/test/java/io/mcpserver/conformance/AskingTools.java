package io.mcpserver.conformance;

import static io.mcpserver.conformance.SuiteJson.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.tool.Question;
import io.mcpserver.tool.ToolCall;
import io.mcpserver.tool.ToolProvider;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.ToolSpec;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/** Tools that ask the client, or its user, before they answer. */
@Singleton
class AskingTools implements ToolProvider {

    @Override
    public List<ToolSpec> tools() {
        return List.of(
                ToolSpec.named("test_sampling")
                        .description("Asks the client's model")
                        .input(argument("prompt", "What to ask"))
                        .blocks(AskingTools::sampling),
                ToolSpec.named("test_elicitation")
                        .description("Asks the user for a name and an address")
                        .input(argument("message", "What to say to the user"))
                        .blocks(call ->
                                form(call, call.arguments().path("message").asText(), """
                                {"type": "object", "properties": {
                                  "username": {"type": "string", "description": "User name"},
                                  "email": {"type": "string", "description": "Address", "format": "email"}},
                                 "required": ["username", "email"]}
                                """)),
                ToolSpec.named("test_elicitation_sep1034_defaults")
                        .description("Asks the user with a default for every field")
                        .blocks(call -> form(call, "Please review the defaults", """
                                {"type": "object", "properties": {
                                  "name": {"type": "string", "description": "Name", "default": "John Doe"},
                                  "age": {"type": "integer", "description": "Age", "default": 30},
                                  "score": {"type": "number", "description": "Score", "default": 95.5},
                                  "status": {"type": "string", "description": "Status", "default": "active",
                                    "enum": ["active", "inactive", "pending"]},
                                  "verified": {"type": "boolean", "description": "Verified", "default": true}},
                                 "required": []}
                                """)),
                ToolSpec.named("test_elicitation_sep1330_enums")
                        .description("Asks the user to choose, in five ways")
                        .blocks(call -> form(call, "Please choose", """
                                {"type": "object", "properties": {
                                  "untitledSingle": {"type": "string", "description": "One",
                                    "enum": ["option1", "option2", "option3"]},
                                  "titledSingle": {"type": "string", "description": "One", "oneOf": [
                                    {"const": "value1", "title": "First Option"},
                                    {"const": "value2", "title": "Second Option"},
                                    {"const": "value3", "title": "Third Option"}]},
                                  "legacyEnum": {"type": "string", "description": "One",
                                    "enum": ["opt1", "opt2", "opt3"],
                                    "enumNames": ["First Option", "Second Option", "Third Option"]},
                                  "untitledMulti": {"type": "array", "description": "Some", "minItems": 1, "maxItems": 3,
                                    "items": {"type": "string", "enum": ["option1", "option2", "option3"]}},
                                  "titledMulti": {"type": "array", "description": "Some", "minItems": 1, "maxItems": 3,
                                    "items": {"anyOf": [
                                      {"const": "value1", "title": "First Option"},
                                      {"const": "value2", "title": "Second Option"},
                                      {"const": "value3", "title": "Third Option"}]}}},
                                 "required": []}
                                """)));
    }

    private static ObjectNode argument(String name, String description) {
        ObjectNode schema = SuiteJson.oneProperty(name, "string");
        schema.withObject("/properties/" + name).put("description", description);
        return schema;
    }

    private static ToolResult sampling(ToolCall call) throws InterruptedException {
        Question question = SuiteJson.model(call.arguments().path("prompt").asText(), 100);
        ObjectNode answer = call.client().ask(Map.of("answer", question)).get("answer");
        return ToolResult.ofText(
                "LLM response: " + answer.path("content").path("text").asText());
    }

    private static ToolResult form(ToolCall call, String message, String schema) throws InterruptedException {
        ObjectNode answer = call.client()
                .ask(Map.of("form", new Question.Elicitation(message, object(schema))))
                .get("form");
        return ToolResult.ofText(
                "User response: action=" + answer.path("action").asText() + ", content=" + answer.path("content"));
    }
}
