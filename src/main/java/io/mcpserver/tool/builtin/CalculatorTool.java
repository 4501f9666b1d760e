package io.mcpserver.tool.builtin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mcpserver.tool.ToolProvider;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.ToolSchemas;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.ToolSpec.Hints;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.List;

/** The sample tool: pure computation, so it needs no worker thread. */
@Singleton
public class CalculatorTool implements ToolProvider {

    private static final String ADD = "calculator_add";

    public record Addition(BigDecimal a, BigDecimal b) {}

    @Override
    public List<ToolSpec> tools() {
        return List.of(ToolSpec.named(ADD)
                .title("Add two numbers")
                .description("""
                    Adds two decimal numbers; each is read with the precision of a double, about 15 digits. \
                    Example: {"a": 0.1, "b": 0.2} gives {"sum": 0.3}.""")
                .hints(Hints.READS)
                .schemas(ToolSchemas.of(ADD))
                .computes(call -> sum(call.arguments(Addition.class))));
    }

    private static ToolResult sum(Addition addition) {
        BigDecimal sum = addition.a().add(addition.b());
        return ToolResult.of(JsonNodeFactory.instance.objectNode().put("sum", sum), sum.toString());
    }
}
