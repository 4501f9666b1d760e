package io.mcpserver.cli;

import io.mcpserver.config.LoadedConfig;
import io.mcpserver.config.Problem;
import io.mcpserver.server.ServerProcess;
import io.mcpserver.server.StartFailure;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs the server until it is stopped. */
@Command(name = "serve", description = "Runs the server. This is what happens without a command, too.")
final class ServeCommand implements Callable<Integer> {

    @Mixin
    ServeOptions options;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        return run(options, spec.commandLine().getErr());
    }

    static int run(ServeOptions options, PrintWriter err) {
        LoadedConfig loaded = options.load();
        loaded.problems().stream()
                .filter(problem -> problem.severity() != Problem.Severity.NOTE)
                .forEach(problem -> err.println(problem.render()));
        if (loaded.valid().isEmpty()) {
            return ExitCode.USAGE;
        }
        ServerProcess.Outcome outcome = ServerProcess.run(loaded);
        outcome.failure().ifPresent(failure -> {
            err.println("mcp-server: " + StartFailure.sentence(failure, loaded.valid().get()));
            if (options.debug) {
                failure.printStackTrace(err);
            }
        });
        return outcome.failure().isPresent() ? ExitCode.FAILURE : outcome.exitCode();
    }
}
