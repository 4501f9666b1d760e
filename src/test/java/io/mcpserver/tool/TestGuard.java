package io.mcpserver.tool;

import io.mcpserver.config.LiveConfig;
import io.mcpserver.security.ServerSecret;
import io.mcpserver.storage.service.StoreService;
import io.mcpserver.tool.cache.CachedCalls;
import io.mcpserver.tool.guard.ToolGuard;
import io.mcpserver.tool.guard.ToolMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.ExecutorService;

/** The guard as the server has it, with all its parts. */
public final class TestGuard {

    private TestGuard() {}

    public static ToolGuard of(LiveConfig config, ExecutorService workers) {
        return of(config, workers, new SimpleMeterRegistry());
    }

    public static ToolGuard of(LiveConfig config, ExecutorService workers, MeterRegistry registry) {
        return new ToolGuard(
                config,
                workers,
                new ToolMetrics(registry),
                new CachedCalls(config, new StoreService(config.now()), new ServerSecret(config.now()), registry));
    }
}
