package io.mcpserver.mcp.testing;

import io.mcpserver.tool.ToolPolicy;
import io.mcpserver.tool.ToolProvider;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.ToolSpec;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A tool that takes nine seconds and has a time limit of its own, which allows it. */
@Singleton
public class PatientTool implements ToolProvider {

    public static final String NAME = "test_patient";

    private static final Duration TIME = Duration.ofSeconds(9);

    private static final ToolPolicy HALF_A_MINUTE = new ToolPolicy(
            Optional.of(Duration.ofSeconds(30)), Optional.empty(), Optional.empty(), Optional.empty(), false, Set.of());

    @Override
    public List<ToolSpec> tools() {
        return List.of(ToolSpec.named(NAME)
                .description("Takes its time")
                .policy(HALF_A_MINUTE)
                .blocks(call -> {
                    Thread.sleep(TIME);
                    return ToolResult.ofText("It was worth the wait.");
                }));
    }
}
