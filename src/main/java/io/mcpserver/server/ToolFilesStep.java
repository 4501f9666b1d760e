package io.mcpserver.server;

import io.mcpserver.config.LiveConfig;
import io.mcpserver.config.Problem;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.config.reload.ReloadStep;
import io.mcpserver.tool.discovery.ToolDiscovery;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Has a reload say what would be wrong with the tool files under the next configuration. A file that is broken is
 * quarantined and refuses nothing, so these are warnings; {@link ToolFiles} looks when the configuration is in force.
 */
@Singleton
class ToolFilesStep implements ReloadStep {

    private final LiveConfig config;
    private final Instance<ToolDiscovery> discovery;

    ToolFilesStep(LiveConfig config, Instance<ToolDiscovery> discovery) {
        this.config = config;
        this.discovery = discovery;
    }

    @Override
    public Prepared prepare(ServerConfig next) {
        ToolFilesChange change = ToolFilesChange.between(config.now(), next);
        return new Foreseen(
                change.isNone()
                        ? List.of()
                        : discovery.get().foresee(next, change.allowed()).stream()
                                .filter(problem -> problem.severity() != Problem.Severity.NOTE)
                                .map(ToolFilesStep::warning)
                                .toList());
    }

    private static Problem warning(Problem problem) {
        return new Problem(
                Problem.Severity.WARNING,
                problem.source(),
                problem.line(),
                problem.column(),
                problem.key(),
                problem.message(),
                problem.nearest());
    }

    private record Foreseen(List<Problem> problems) implements Prepared {

        @Override
        public void commit() {
            // ToolFiles has looked by now.
        }

        @Override
        public void abort() {
            // Nothing is kept.
        }
    }
}
