package io.mcpserver.tool;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** A tool that does not answer by itself. */
@Singleton
public class SlowTool implements ToolProvider {

    static final String NAME = "test_slow";

    @Override
    public List<ToolSpec> tools() {
        return List.of(ToolSpec.named(NAME).description("Never answers").blocks(call -> {
            Thread.sleep(Duration.ofMinutes(5));
            throw new IllegalStateException("slept");
        }));
    }
}
