package io.mcpserver.tool.catalog;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.tool.ToolSpec;
import io.quarkiverse.mcp.server.ToolManager;
import io.quarkiverse.mcp.server.ToolManager.ToolAnnotations;
import io.quarkiverse.mcp.server.ToolResponse;
import jakarta.inject.Singleton;
import java.util.Map;

/**
 * Makes tools known to the MCP extension, which lists and announces them. It does not call them: whoever takes a request
 * looks into the catalog first.
 *
 * <p>Threads: safe for any number of callers.
 */
@Singleton
public class ToolListing {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ToolManager tools;

    public ToolListing(ToolManager tools) {
        this.tools = tools;
    }

    /** Lists a tool from now on. */
    public void add(ToolSpec tool) {
        ToolSpec.Hints hints = tool.hints();
        ToolManager.ToolDefinition definition = tools.newTool(tool.name())
                .setTitle(tool.title())
                .setDescription(tool.description())
                .setInputSchema(map(tool.inputSchema()))
                .setAnnotations(new ToolAnnotations(
                        tool.title(), hints.readOnly(), hints.destructive(), hints.idempotent(), hints.openWorld()))
                .setHandler(call -> ToolResponse.error("NOT_FOUND: The tool was taken away while it was called."));
        tool.outputSchema().ifPresent(schema -> definition.setOutputSchema(map(schema)));
        definition.register();
    }

    private static Map<String, Object> map(ObjectNode schema) {
        return JSON.convertValue(schema, new TypeReference<Map<String, Object>>() {});
    }
}
