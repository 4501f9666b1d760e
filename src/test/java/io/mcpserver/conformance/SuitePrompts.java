package io.mcpserver.conformance;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.mcp.extension.Conversation;
import io.mcpserver.tool.Question;
import io.quarkiverse.mcp.server.CompletePrompt;
import io.quarkiverse.mcp.server.EmbeddedResource;
import io.quarkiverse.mcp.server.ImageContent;
import io.quarkiverse.mcp.server.McpConnection;
import io.quarkiverse.mcp.server.Prompt;
import io.quarkiverse.mcp.server.PromptArg;
import io.quarkiverse.mcp.server.PromptMessage;
import io.quarkiverse.mcp.server.TextResourceContents;
import java.util.List;
import java.util.Map;

/** The prompts that the suite asks for. */
class SuitePrompts {

    @Prompt(name = "test_simple_prompt", description = "No arguments")
    PromptMessage simple() {
        return PromptMessage.withUserRole("This is a simple prompt for testing.");
    }

    @Prompt(name = "test_prompt_with_arguments", description = "Two arguments")
    PromptMessage arguments(
            @PromptArg(description = "The first") String arg1, @PromptArg(description = "The second") String arg2) {
        return PromptMessage.withUserRole("Prompt with arguments: arg1='" + arg1 + "', arg2='" + arg2 + "'");
    }

    @CompletePrompt("test_prompt_with_arguments")
    List<String> complete(String arg1) {
        return List.of(arg1 + "ris", arg1 + "rma");
    }

    @Prompt(name = "test_prompt_with_embedded_resource", description = "Brings a resource along")
    List<PromptMessage> resource(@PromptArg(description = "URI of the resource") String resourceUri) {
        return List.of(
                PromptMessage.withUserRole(new EmbeddedResource(
                        new TextResourceContents(resourceUri, "Embedded resource content for testing.", "text/plain"))),
                PromptMessage.withUserRole("Please process the embedded resource above."));
    }

    @Prompt(name = "test_prompt_with_image", description = "Brings an image along")
    List<PromptMessage> image() {
        return List.of(
                PromptMessage.withUserRole(new ImageContent(Samples.PNG, "image/png")),
                PromptMessage.withUserRole("Please analyze the image above."));
    }

    @Prompt(name = "test_input_required_result_prompt", description = "Asks the user for context first")
    PromptMessage context(McpConnection connection) throws InterruptedException {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        schema.putObject("properties").putObject("context").put("type", "string");
        schema.putArray("required").add("context");
        ObjectNode answer = ((Conversation) connection)
                .client()
                .ask(Map.of("user_context", new Question.Elicitation("What context should the prompt use?", schema)))
                .get("user_context");
        return PromptMessage.withUserRole(
                "Context: " + answer.path("content").path("context").asText());
    }
}
