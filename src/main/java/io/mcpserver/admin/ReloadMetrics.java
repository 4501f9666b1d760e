package io.mcpserver.admin;

import io.mcpserver.config.LiveConfig;
import io.mcpserver.config.ServerConfig.TransportType;
import io.mcpserver.config.reload.ReloadOutcome;
import io.mcpserver.config.reload.Reloader;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;

/**
 * {@code mcp.config.reloads}, timed by outcome, and {@code mcp.config.generation}. Where no port is open nobody reads
 * them, and there are none.
 */
@Singleton
class ReloadMetrics {

    void register(
            @Observes StartupEvent event,
            LiveConfig config,
            Instance<MeterRegistry> registries,
            Instance<Reloader> reloaders) {
        if (config.now().transport().type() == TransportType.STDIO) {
            return;
        }
        MeterRegistry registry = registries.get();
        Gauge.builder("mcp.config.generation", config, LiveConfig::generation)
                .description("The generation of the configuration in force; 1 is that of the start")
                .strongReference(true)
                .register(registry);
        Map<ReloadOutcome, Timer> timers = new EnumMap<>(ReloadOutcome.class);
        for (ReloadOutcome outcome : ReloadOutcome.values()) {
            timers.put(
                    outcome,
                    Timer.builder("mcp.config.reloads")
                            .description("Reloads of the configuration")
                            .tag("outcome", outcome.word())
                            .register(registry));
        }
        reloaders.get().onEnd(done -> timers.get(done.outcome()).record(done.duration()));
    }
}
