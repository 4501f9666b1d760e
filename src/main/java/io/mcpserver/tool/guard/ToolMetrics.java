package io.mcpserver.tool.guard;

import io.mcpserver.tool.ToolOutcome;
import io.mcpserver.tool.ToolOutcome.Failure;
import io.mcpserver.tool.ToolOutcome.NeedsCapability;
import io.mcpserver.tool.ToolOutcome.NeedsInput;
import io.mcpserver.tool.ToolOutcome.Success;
import io.mcpserver.tool.catalog.ToolCatalog;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/**
 * Counts and times calls: {@code mcp_tool_calls_seconds} by tool, outcome ({@code ok}, {@code error})
 * and code, as long as the tool is offered, and {@code mcp_tool_calls_active}.
 */
@Singleton
public class ToolMetrics {

    /** Before anything is discovered. */
    private static final int EARLY = 1;

    private static final String OK = "ok";
    private static final String ERROR = "error";

    private static final Duration[] BOUNDS = {
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30)
    };

    private record Series(String tool, String outcome, String code) {}

    private final MeterRegistry registry;
    private final ConcurrentMap<Series, Timer> timers = new ConcurrentHashMap<>();
    private final LongAdder active = new LongAdder();

    public ToolMetrics(MeterRegistry registry) {
        this.registry = registry;
        registry.gauge("mcp.tool.calls.active", active);
    }

    void start(@Observes @Priority(EARLY) StartupEvent event, ToolCatalog catalog) {
        catalog.onChange(changes -> forgetAllBut(tool -> catalog.find(tool).isPresent()));
    }

    /** Keeps no figures of tools that are no more; one that comes back begins anew. */
    void forgetAllBut(Predicate<String> exists) {
        timers.keySet().stream()
                .filter(series -> !exists.test(series.tool()))
                .forEach(series -> registry.remove(timers.remove(series)));
    }

    void begun() {
        active.increment();
    }

    /** @param nanos duration of the call */
    void ended(String tool, ToolOutcome outcome, long nanos) {
        active.decrement();
        timers.computeIfAbsent(series(tool, outcome), this::timer).record(nanos, TimeUnit.NANOSECONDS);
    }

    /** A question to the client is part of a call that goes well. */
    private static Series series(String tool, ToolOutcome outcome) {
        return switch (outcome) {
            case Success success -> new Series(tool, OK, "none");
            case NeedsInput question -> new Series(tool, OK, "INPUT_REQUIRED");
            case NeedsCapability missing -> new Series(tool, ERROR, "CAPABILITY_MISSING");
            case Failure failure ->
                new Series(tool, ERROR, failure.failure().code().name());
        };
    }

    private Timer timer(Series series) {
        return Timer.builder("mcp.tool.calls")
                .description("Calls of tools")
                .tag("tool", series.tool())
                .tag("outcome", series.outcome())
                .tag("code", series.code())
                .serviceLevelObjectives(BOUNDS)
                .register(registry);
    }
}
