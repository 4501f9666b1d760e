package io.mcpserver.tool.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.tool.Offer;
import io.mcpserver.tool.ToolOutcome;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.catalog.ToolCatalog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.StartupEvent;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ToolMetricsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ToolMetrics metrics = new ToolMetrics(registry);
    private final ToolCatalog catalog = new ToolCatalog(List.of(() -> List.of(tool("built_in"))));

    @BeforeEach
    void start() {
        metrics.start(new StartupEvent(), catalog);
    }

    @Test
    void theFiguresOfAToolGoWithTheTool() {
        catalog.replace(offer("kept", "gone"));
        called("built_in", "kept", "gone");
        assertThat(timed()).containsExactlyInAnyOrder("built_in", "kept", "gone");

        catalog.replace(offer("kept"));

        assertThat(timed()).containsExactlyInAnyOrder("built_in", "kept");
    }

    @Test
    void aToolThatComesBackIsCountedFromTheBeginning() {
        catalog.replace(offer("back"));
        called("back", "back");
        catalog.replace(offer());
        catalog.replace(offer("back"));
        called("back");

        assertThat(registry.get("mcp.tool.calls").tag("tool", "back").timer().count())
                .isEqualTo(1);
    }

    private void called(String... tools) {
        for (String tool : tools) {
            metrics.begun();
            metrics.ended(tool, new ToolOutcome.Success(ToolResult.ofText("done")), 1_000);
        }
    }

    private List<String> timed() {
        return registry.find("mcp.tool.calls").timers().stream()
                .map(timer -> timer.getId().getTag("tool"))
                .toList();
    }

    private static Offer offer(String... tools) {
        return new Offer(Stream.of(tools).map(ToolMetricsTest::tool).toList(), List.of(), List.of());
    }

    private static ToolSpec tool(String name) {
        return ToolSpec.named(name).description("A tool").computes(call -> ToolResult.ofText("done"));
    }
}
