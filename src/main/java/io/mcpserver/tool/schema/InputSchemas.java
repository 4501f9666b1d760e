package io.mcpserver.tool.schema;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpserver.tool.ToolSchemas;
import io.quarkiverse.mcp.server.InputSchemaGenerator;
import io.quarkiverse.mcp.server.ToolManager.ToolInfo;
import jakarta.inject.Singleton;
import java.util.Map;

/** The input schema of a tool, by its name. */
@Singleton
public class InputSchemas implements InputSchemaGenerator<Map<String, Object>> {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ToolSchemas schemas = new ToolSchemas();

    @Override
    public Map<String, Object> generate(ToolInfo tool) {
        return JSON.convertValue(schemas.input(tool.name()), new TypeReference<Map<String, Object>>() {});
    }
}
