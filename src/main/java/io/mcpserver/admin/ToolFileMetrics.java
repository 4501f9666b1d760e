package io.mcpserver.admin;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.config.ServerConfig.TransportType;
import io.mcpserver.tool.discovery.DiscoveryReport;
import io.mcpserver.tool.discovery.FileState;
import io.mcpserver.tool.discovery.Reason;
import io.mcpserver.tool.discovery.ToolDiscovery;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/**
 * Adds the tool files to the metrics of a server that shows them: {@code mcp_tools_files} by state, {@code
 * mcp_tools_quarantined} by reason, {@code mcp_tools_reloads_seconds} by outcome.
 */
@Singleton
class ToolFileMetrics {

    /** Before files are discovered for the first time. */
    private static final int EARLY = 1;

    private final Instance<ToolDiscovery> discovery;
    private final Instance<MeterRegistry> registry;

    ToolFileMetrics(Instance<ToolDiscovery> discovery, Instance<MeterRegistry> registry) {
        this.discovery = discovery;
        this.registry = registry;
    }

    void register(@Observes @Priority(EARLY) StartupEvent event, ServerConfig config) {
        if (config.transport().type() == TransportType.STDIO) {
            return;
        }
        ToolDiscovery files = discovery.get();
        MeterRegistry metrics = registry.get();
        for (FileState.State state : List.of(FileState.State.LIVE, FileState.State.QUARANTINED)) {
            Gauge.builder("mcp.tools.files", () -> files.last().files(state).size())
                    .description("Tool files")
                    .tag("state", state.word())
                    .register(metrics);
        }
        for (Reason reason : Reason.values()) {
            Gauge.builder("mcp.tools.quarantined", () -> quarantined(files, reason))
                    .description("Tool files that cannot be used")
                    .tag("reason", reason.word())
                    .register(metrics);
        }
        files.onLook(report -> timer(report.outcome()).record(report.taken()));
    }

    private static long quarantined(ToolDiscovery files, Reason reason) {
        return files.last().files(FileState.State.QUARANTINED).stream()
                .filter(file -> file.reason().equals(Optional.of(reason)))
                .count();
    }

    private Timer timer(DiscoveryReport.Outcome outcome) {
        return Timer.builder("mcp.tools.reloads")
                .description("Looks into the tool directories")
                .tag("outcome", outcome.word())
                .register(registry.get());
    }
}
