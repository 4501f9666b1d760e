package io.mcpserver.tool.schema;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpserver.tool.ToolSchemas;
import io.quarkiverse.mcp.server.OutputSchemaGenerator;
import jakarta.inject.Singleton;
import java.util.Map;

/** The output schema of the tool that a class is marked with. */
@Singleton
public class OutputSchemas implements OutputSchemaGenerator {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ToolSchemas schemas = new ToolSchemas();

    @Override
    public Object generate(Class<?> from) {
        String tool = from.getAnnotation(OutputOf.class).value();
        return JSON.convertValue(schemas.output(tool), new TypeReference<Map<String, Object>>() {});
    }
}
