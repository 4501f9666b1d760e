package io.mcpserver.tool;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mcpserver.tool.guard.ArgumentCheck;
import io.mcpserver.tool.guard.ToolGuard;
import io.quarkiverse.mcp.server.RawMessage;
import io.quarkiverse.mcp.server.Tool;
import io.quarkiverse.mcp.server.ToolResponse;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;

/** A tool that does not answer by itself. */
@Singleton
public class SlowTool {

    static final String NAME = "test_slow";

    private final ToolGuard guard;

    SlowTool(ToolGuard guard) {
        this.guard = guard;
    }

    record Arguments() {}

    @Tool(name = NAME, description = "Never answers")
    Uni<ToolResponse> slow(RawMessage message) {
        ArgumentCheck anything = new ArgumentCheck(NAME, JsonNodeFactory.instance.objectNode());
        return guard.call(NAME, anything, message, Arguments.class, arguments -> waitLong());
    }

    private static ToolResult waitLong() {
        try {
            Thread.sleep(Duration.ofMinutes(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IllegalStateException("interrupted");
    }
}
