package io.mcpserver.tool.builtin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.guard.ToolGuard;
import io.mcpserver.tool.schema.InputSchemas;
import io.mcpserver.tool.schema.OutputOf;
import io.mcpserver.tool.schema.OutputSchemas;
import io.quarkiverse.mcp.server.RawMessage;
import io.quarkiverse.mcp.server.Tool;
import io.quarkiverse.mcp.server.ToolResponse;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.inject.Singleton;
import java.math.BigDecimal;

/** The sample tool: pure computation, so it needs no worker thread. */
@Singleton
public class CalculatorTool {

    private static final String ADD = "calculator_add";

    private final ToolGuard guard;

    public CalculatorTool(ToolGuard guard) {
        this.guard = guard;
    }

    @OutputOf(ADD)
    public record Addition(BigDecimal a, BigDecimal b) {}

    @Tool(
            name = ADD,
            title = "Add two numbers",
            description = """
                    Adds two decimal numbers; each is read with the precision of a double, about 15 digits. \
                    Example: {"a": 0.1, "b": 0.2} gives {"sum": 0.3}.""",
            annotations =
                    @Tool.Annotations(
                            title = "Add two numbers",
                            readOnlyHint = true,
                            destructiveHint = false,
                            idempotentHint = true,
                            openWorldHint = false),
            inputSchema = @Tool.InputSchema(generator = InputSchemas.class),
            outputSchema = @Tool.OutputSchema(from = Addition.class, generator = OutputSchemas.class))
    @NonBlocking
    ToolResponse add(RawMessage message) {
        return guard.compute(ADD, message, Addition.class, CalculatorTool::sum);
    }

    private static ToolResult sum(Addition addition) {
        BigDecimal sum = addition.a().add(addition.b());
        return ToolResult.of(JsonNodeFactory.instance.objectNode().put("sum", sum), sum.toString());
    }
}
