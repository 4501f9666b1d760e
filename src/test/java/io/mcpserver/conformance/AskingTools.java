package io.mcpserver.conformance;

import io.quarkiverse.mcp.server.Elicitation;
import io.quarkiverse.mcp.server.ElicitationRequest;
import io.quarkiverse.mcp.server.ElicitationRequest.BooleanSchema;
import io.quarkiverse.mcp.server.ElicitationRequest.EnumSchema;
import io.quarkiverse.mcp.server.ElicitationRequest.IntegerSchema;
import io.quarkiverse.mcp.server.ElicitationRequest.MultiSelectEnumSchema;
import io.quarkiverse.mcp.server.ElicitationRequest.NumberSchema;
import io.quarkiverse.mcp.server.ElicitationRequest.SingleSelectEnumSchema;
import io.quarkiverse.mcp.server.ElicitationRequest.StringSchema;
import io.quarkiverse.mcp.server.Sampling;
import io.quarkiverse.mcp.server.SamplingMessage;
import io.quarkiverse.mcp.server.TextContent;
import io.quarkiverse.mcp.server.Tool;
import io.quarkiverse.mcp.server.ToolArg;
import java.util.List;

/** Tools that ask the client, or its user, before they answer. */
class AskingTools {

    @Tool(name = "test_sampling", description = "Asks the client's model")
    String sampling(@ToolArg(description = "What to ask") String prompt, Sampling sampling) {
        var answer = sampling.requestBuilder()
                .addMessage(SamplingMessage.withUserRole(prompt))
                .setMaxTokens(100)
                .build()
                .sendAndAwait();
        return "LLM response: " + (answer.content() instanceof TextContent text ? text.text() : answer.content());
    }

    @Tool(name = "test_elicitation", description = "Asks the user for a name and an address")
    String elicitation(@ToolArg(description = "What to say to the user") String message, Elicitation elicitation) {
        return ask(elicitation
                .requestBuilder()
                .setMessage(message)
                .addSchemaProperty("username", new StringSchema(null, "User name", null, null, null, true))
                .addSchemaProperty(
                        "email", new StringSchema(null, "Address", null, null, StringSchema.Format.EMAIL, true)));
    }

    @Tool(name = "test_elicitation_sep1034_defaults", description = "Asks the user with a default for every field")
    String defaults(Elicitation elicitation) {
        return ask(elicitation
                .requestBuilder()
                .setMessage("Please review the defaults")
                .addSchemaProperty("name", new StringSchema(null, "Name", null, null, null, false, "John Doe"))
                .addSchemaProperty("age", new IntegerSchema(null, "Age", null, null, false, 30))
                .addSchemaProperty("score", new NumberSchema(null, "Score", null, null, false, 95.5))
                .addSchemaProperty(
                        "status",
                        new EnumSchema(null, "Status", List.of("active", "inactive", "pending"), null, false, "active"))
                .addSchemaProperty("verified", new BooleanSchema(null, "Verified", true, false)));
    }

    @Tool(name = "test_elicitation_sep1330_enums", description = "Asks the user to choose, in five ways")
    String enums(Elicitation elicitation) {
        List<String> options = List.of("option1", "option2", "option3");
        List<String> values = List.of("value1", "value2", "value3");
        List<String> titles = List.of("First Option", "Second Option", "Third Option");
        return ask(elicitation
                .requestBuilder()
                .setMessage("Please choose")
                .addSchemaProperty(
                        "untitledSingle", new SingleSelectEnumSchema(null, "One", options, null, false, null))
                .addSchemaProperty("titledSingle", new SingleSelectEnumSchema(null, "One", values, titles, false, null))
                .addSchemaProperty(
                        "legacyEnum", new EnumSchema(null, "One", List.of("opt1", "opt2", "opt3"), titles, false))
                .addSchemaProperty(
                        "untitledMulti", new MultiSelectEnumSchema(null, "Some", options, null, 1, 3, false, null))
                .addSchemaProperty(
                        "titledMulti", new MultiSelectEnumSchema(null, "Some", values, titles, 1, 3, false, null)));
    }

    private static String ask(ElicitationRequest.Builder request) {
        var answer = request.build().sendAndAwait();
        return "User response: action=" + answer.action() + ", content="
                + answer.content().asMap();
    }
}
