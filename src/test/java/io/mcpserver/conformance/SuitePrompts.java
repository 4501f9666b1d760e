package io.mcpserver.conformance;

import io.quarkiverse.mcp.server.CompletePrompt;
import io.quarkiverse.mcp.server.EmbeddedResource;
import io.quarkiverse.mcp.server.ImageContent;
import io.quarkiverse.mcp.server.Prompt;
import io.quarkiverse.mcp.server.PromptArg;
import io.quarkiverse.mcp.server.PromptMessage;
import io.quarkiverse.mcp.server.TextResourceContents;
import java.util.List;

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
}
