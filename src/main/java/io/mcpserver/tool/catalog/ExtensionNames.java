package io.mcpserver.tool.catalog;

import io.quarkiverse.mcp.server.PromptManager;
import io.quarkiverse.mcp.server.ResourceManager;
import jakarta.inject.Singleton;

/** The prompts and resources that the MCP extension answers for. */
@Singleton
class ExtensionNames implements TakenNames.Extension {

    private final PromptManager prompts;
    private final ResourceManager resources;

    ExtensionNames(PromptManager prompts, ResourceManager resources) {
        this.prompts = prompts;
        this.resources = resources;
    }

    @Override
    public boolean hasPrompt(String name) {
        return prompts.getPrompt(name) != null;
    }

    @Override
    public boolean hasResource(String uri) {
        return resources.getResource(uri) != null;
    }
}
