package io.mcpserver.server;

import io.mcpserver.config.FileWatch;
import io.mcpserver.config.LiveConfig;
import io.mcpserver.config.Problem;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.config.reload.ReloadStep;
import io.mcpserver.tool.catalog.ToolCatalog;
import io.mcpserver.tool.discovery.FileState;
import io.mcpserver.tool.discovery.PreparedTools;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Has the tools of files come into force in one moment with the configuration that they are held against. They are read
 * and tested once, while the reload is prepared. A file that is broken is quarantined and refuses nothing, so what is wrong
 * with it is a warning.
 */
@Singleton
class ToolFilesStep implements ReloadStep {

    private final LiveConfig config;
    private final ToolFiles files;
    private final ToolCatalog catalog;

    ToolFilesStep(LiveConfig config, ToolFiles files, ToolCatalog catalog) {
        this.config = config;
        this.files = files;
        this.catalog = catalog;
    }

    @Override
    public Prepared prepare(ServerConfig next) {
        ToolFilesChange change = ToolFilesChange.between(config.now(), next);
        if (change.isNone()) {
            return new Ready(next, Optional.empty(), change, Optional.empty());
        }
        // Before the look, so that nothing is missed in between.
        Optional<FileWatch> watch = change.moved() ? files.watch(next.tools()) : Optional.empty();
        try {
            PreparedTools tools = files.discovered().prepare(next, change.allowed());
            return new Ready(next, Optional.of(tools), change, watch);
        } catch (RuntimeException | Error e) {
            watch.ifPresent(FileWatch::close);
            throw e;
        }
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

    /**
     * What is ready.
     *
     * @param tools empty where the files are not concerned
     * @param watch of the folders, if they are others
     */
    private final class Ready implements Prepared {

        private final ServerConfig next;
        private final Optional<PreparedTools> tools;
        private final ToolFilesChange change;
        private final Optional<FileWatch> watch;

        Ready(ServerConfig next, Optional<PreparedTools> tools, ToolFilesChange change, Optional<FileWatch> watch) {
            this.next = next;
            this.tools = tools;
            this.change = change;
            this.watch = watch;
        }

        @Override
        public List<Problem> problems() {
            return Stream.concat(
                            tools.stream().flatMap(found -> found.problems().stream()),
                            states().flatMap(file -> file.problems().stream()))
                    .filter(problem -> problem.severity() != Problem.Severity.NOTE)
                    .map(ToolFilesStep::warning)
                    .toList();
        }

        @Override
        public List<String> quarantined() {
            return states().filter(file -> file.state() == FileState.State.QUARANTINED)
                    .map(FileState::file)
                    .toList();
        }

        private Stream<FileState> states() {
            return tools.stream().flatMap(found -> found.files().stream());
        }

        @Override
        public List<LiveConfig.Next<?>> together() {
            return tools.map(PreparedTools::together).orElse(List.of());
        }

        @Override
        public void commit() {
            tools.ifPresent(PreparedTools::commit);
            // Only now: the end of a watch waits for a look that it began, which waits for its turn.
            if (change.moved()) {
                files.follow(watch);
            }
            catalog.warnOfUnknown(next.tools().confirm());
        }

        @Override
        public void abort() {
            tools.ifPresent(PreparedTools::abort);
            watch.ifPresent(FileWatch::close);
        }
    }
}
