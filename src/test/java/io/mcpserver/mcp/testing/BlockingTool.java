package io.mcpserver.mcp.testing;

import io.mcpserver.tool.ToolProvider;
import io.mcpserver.tool.ToolSpec;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A tool that never answers by itself, and remembers which of its calls were interrupted. */
@Singleton
public class BlockingTool implements ToolProvider {

    public static final String NAME = "test_block";

    private static final String SCHEMA = """
            {"type": "object", "properties": {"call": {"type": "string"}}, "required": ["call"]}
            """;

    private final Set<String> begun = ConcurrentHashMap.newKeySet();
    private final Set<String> interrupted = ConcurrentHashMap.newKeySet();

    @Override
    public List<ToolSpec> tools() {
        return List.of(ToolSpec.named(NAME)
                .description("Never answers")
                .input(TestTools.schema(SCHEMA))
                .blocks(call -> {
                    String name = call.arguments().path("call").asText();
                    begun.add(name);
                    try {
                        Thread.sleep(Duration.ofMinutes(5));
                    } catch (InterruptedException e) {
                        interrupted.add(name);
                        throw e;
                    }
                    throw new IllegalStateException("slept");
                }));
    }

    public boolean hasBegun(String call) {
        return begun.contains(call);
    }

    public boolean wasInterrupted(String call) {
        return interrupted.contains(call);
    }
}
