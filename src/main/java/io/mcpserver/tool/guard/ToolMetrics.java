package io.mcpserver.tool.guard;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts and times calls: {@code mcp_tool_calls_seconds} by tool, outcome ({@code ok}, {@code error})
 * and error code, and {@code mcp_tool_calls_active}.
 */
@Singleton
public class ToolMetrics {

    /** Outcome of a call that failed in no way. */
    static final String NO_CODE = "none";

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

    private record Series(String tool, String code) {}

    private final MeterRegistry registry;
    private final ConcurrentMap<Series, Timer> timers = new ConcurrentHashMap<>();
    private final LongAdder active = new LongAdder();

    public ToolMetrics(MeterRegistry registry) {
        this.registry = registry;
        registry.gauge("mcp.tool.calls.active", active);
    }

    void begun() {
        active.increment();
    }

    /** @param nanos duration of the call */
    void ended(String tool, String code, long nanos) {
        active.decrement();
        timers.computeIfAbsent(new Series(tool, code), this::timer).record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Series series) {
        return Timer.builder("mcp.tool.calls")
                .description("Calls of tools")
                .tag("tool", series.tool())
                .tag("outcome", series.code().equals(NO_CODE) ? "ok" : "error")
                .tag("code", series.code())
                .serviceLevelObjectives(BOUNDS)
                .register(registry);
    }
}
