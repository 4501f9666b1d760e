package io.mcpserver.mcp.call;

import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.mcpserver.tool.Icon;
import io.mcpserver.tool.PerTool;
import io.mcpserver.tool.PromptSpec;
import io.mcpserver.tool.ResourceSpec;
import io.mcpserver.tool.ToolSchemas;
import io.mcpserver.tool.ToolSpec;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What clients are told of tools, prompts and resources. The JSON of a tool is made once, and lives as long as the tool. */
final class OfferJson {

    private final PerTool<Listed> tools = new PerTool<>(OfferJson::made);

    Listed of(ToolSpec tool) {
        return tools.of(tool);
    }

    private static Listed made(ToolSpec tool) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", tool.name()).put("description", tool.description()).put("title", tool.title());
        ToolSpec.Hints hints = tool.hints();
        ObjectNode annotations = json.putObject("annotations");
        if (!tool.title().isBlank()) {
            annotations.put("title", tool.title());
        }
        annotations
                .put("destructiveHint", hints.destructive())
                .put("idempotentHint", hints.idempotent())
                .put("openWorldHint", hints.openWorld())
                .put("readOnlyHint", hints.readOnly());
        json.set("inputSchema", tool.inputSchema());
        tool.outputSchema()
                .map(schema -> tool.builtIn() ? schema : ToolSchemas.orFailure(schema))
                .ifPresent(schema -> json.set("outputSchema", schema));
        if (!tool.icons().isEmpty()) {
            ArrayNode icons = json.putArray("icons");
            tool.icons().forEach(icon -> add(icons, icon));
        }
        return new Listed(tool.name(), new RawValue(new SerializedString(json.toString())));
    }

    private static void add(ArrayNode icons, Icon icon) {
        ObjectNode json = icons.addObject().put("src", icon.src());
        icon.mimeType().ifPresent(type -> json.put("mimeType", type));
        if (!icon.sizes().isEmpty()) {
            ArrayNode sizes = json.putArray("sizes");
            icon.sizes().forEach(sizes::add);
        }
    }

    static Listed of(PromptSpec prompt) {
        JsonArray arguments = new JsonArray();
        prompt.arguments()
                .forEach(argument -> arguments.add(new JsonObject()
                        .put("name", argument.name())
                        .put("description", argument.description())
                        .put("required", argument.required())));
        return new Listed(
                prompt.name(),
                new JsonObject()
                        .put("name", prompt.name())
                        .put("description", prompt.description())
                        .put("title", prompt.title())
                        .put("arguments", arguments));
    }

    static Listed of(ResourceSpec resource) {
        return new Listed(
                resource.uri(),
                new JsonObject()
                        .put("name", resource.name())
                        .put("description", resource.description())
                        .put("uri", resource.uri())
                        .put("mimeType", resource.mimeType())
                        .put("title", resource.title()));
    }
}
