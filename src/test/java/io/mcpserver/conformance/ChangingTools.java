package io.mcpserver.conformance;

import io.mcpserver.tool.ToolProvider;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.ToolSpec;
import io.quarkiverse.mcp.server.PromptManager;
import io.quarkiverse.mcp.server.PromptMessage;
import io.quarkiverse.mcp.server.PromptResponse;
import io.quarkiverse.mcp.server.ToolManager;
import io.quarkiverse.mcp.server.ToolResponse;
import jakarta.inject.Singleton;
import java.util.List;

/** Tools that change what is listed, and change it back. */
@Singleton
class ChangingTools implements ToolProvider {

    private static final String FOR_A_MOMENT = "test_for_a_moment";

    private final ToolManager tools;
    private final PromptManager prompts;

    ChangingTools(ToolManager tools, PromptManager prompts) {
        this.tools = tools;
        this.prompts = prompts;
    }

    @Override
    public List<ToolSpec> tools() {
        return List.of(
                ToolSpec.named("test_trigger_tool_change")
                        .description("Adds a tool and removes it")
                        .blocks(call -> changeTools()),
                ToolSpec.named("test_trigger_prompt_change")
                        .description("Adds a prompt and removes it")
                        .blocks(call -> changePrompts()));
    }

    private synchronized ToolResult changeTools() {
        tools.newTool(FOR_A_MOMENT)
                .setDescription("There for a moment")
                .setHandler(arguments -> ToolResponse.success("still there"))
                .register();
        tools.removeTool(FOR_A_MOMENT);
        return ToolResult.ofText("The list of tools has changed");
    }

    private synchronized ToolResult changePrompts() {
        prompts.newPrompt(FOR_A_MOMENT)
                .setDescription("There for a moment")
                .setHandler(arguments -> PromptResponse.withMessages(PromptMessage.withUserRole("still there")))
                .register();
        prompts.removePrompt(FOR_A_MOMENT);
        return ToolResult.ofText("The list of prompts has changed");
    }
}
