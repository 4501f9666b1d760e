package io.mcpserver.tool.catalog;

import io.mcpserver.config.LiveConfig;
import io.quarkiverse.mcp.server.FilterContext;
import io.quarkiverse.mcp.server.ToolFilter;
import io.quarkiverse.mcp.server.ToolManager.ToolInfo;
import jakarta.inject.Singleton;

/** Lists no tools where {@code tools.enabled} is false. The guard refuses calls on its own account. */
@Singleton
public class ToolSwitch implements ToolFilter {

    private final LiveConfig config;

    public ToolSwitch(LiveConfig config) {
        this.config = config;
    }

    @Override
    public boolean test(ToolInfo tool, FilterContext context) {
        return config.now().tools().enabled();
    }
}
