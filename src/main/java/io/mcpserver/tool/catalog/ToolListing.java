package io.mcpserver.tool.catalog;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.tool.ToolClient;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.guard.ToolGuard;
import io.quarkiverse.mcp.server.ToolManager;
import io.quarkiverse.mcp.server.ToolManager.ToolAnnotations;
import io.quarkiverse.mcp.server.ToolManager.ToolArguments;
import io.quarkiverse.mcp.server.ToolResponse;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.util.Map;

/**
 * Makes tools known to the MCP extension, which lists them, announces them, and calls them where nobody else does.
 *
 * <p>Threads: safe for any number of callers.
 */
@Singleton
public class ToolListing {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ToolManager tools;
    private final ToolGuard guard;

    public ToolListing(ToolManager tools, ToolGuard guard) {
        this.tools = tools;
        this.guard = guard;
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
                .setAsyncHandler(call -> call(tool, call));
        tool.outputSchema().ifPresent(schema -> definition.setOutputSchema(map(schema)));
        definition.register();
    }

    private Uni<ToolResponse> call(ToolSpec tool, ToolArguments call) {
        return Uni.createFrom()
                .completionStage(() ->
                        guard.call(tool, arguments(call), ToolClient.SILENT).outcome())
                .map(ToolResponses::of);
    }

    private static Map<String, Object> arguments(ToolArguments call) {
        JsonObject params = call.rawMessage().asJsonObject().getJsonObject("params");
        JsonObject arguments = params == null ? null : params.getJsonObject("arguments");
        return arguments == null ? Map.of() : arguments.getMap();
    }

    private static Map<String, Object> map(ObjectNode schema) {
        return JSON.convertValue(schema, new TypeReference<Map<String, Object>>() {});
    }
}
