package io.mcpserver.cli;

import io.mcpserver.config.LoadedConfig;
import io.mcpserver.config.Problem;
import io.mcpserver.config.ProductionReadiness;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.config.ServerConfig.TransportType;
import io.mcpserver.mcp.share.Claim;
import io.mcpserver.mcp.share.OwnerDoor;
import io.mcpserver.mcp.share.Passage;
import io.mcpserver.server.QuarkusSettings;
import io.mcpserver.server.ServerProcess;
import io.mcpserver.server.ServerStart;
import io.mcpserver.server.Signals;
import io.mcpserver.server.StartFailure;
import io.quarkus.runtime.LaunchMode;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs the server until it is stopped. */
@Command(
        name = "serve",
        description = "Runs the server until it is stopped. Without a command, this is what happens.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mcp-server serve",
            "      over standard input and output, for a client that starts it",
            "  mcp-server serve --transport http-stream --port 8000",
            "      Streamable HTTP on http://127.0.0.1:8000/mcp",
            "  mcp-server serve --config /etc/mcp-server/config.yaml --prod",
            "      only if nothing in the configuration is unsafe in production"
        })
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
        Signals.install();
        Instant began = Instant.now();
        LoadedConfig loaded = options.load();
        List<Problem> problems = new ArrayList<>(loaded.problems());
        if (options.prod && loaded.valid().isPresent()) {
            problems.addAll(ProductionReadiness.findings(loaded, true));
        }
        problems.removeIf(problem -> problem.severity() == Problem.Severity.NOTE);
        boolean refused = problems.stream().anyMatch(problem -> problem.severity() == Problem.Severity.ERROR);
        // Where there is a log, warnings are in it, in its format.
        if (refused || QuarkusSettings.silent(loaded)) {
            problems.forEach(problem -> err.println(problem.render()));
        }
        if (refused) {
            return ExitCode.USAGE;
        }
        ServerConfig config = loaded.valid().orElseThrow();
        boolean shares = LaunchMode.current() != LaunchMode.DEVELOPMENT;
        Claim claim = shares ? claim(config) : new Claim.Alone();
        if (claim instanceof Claim.Passes(Passage passage)) {
            return new PassingProcess(config, options, err).run(passage);
        }
        Optional<OwnerDoor> door = claim instanceof Claim.Owns(OwnerDoor mine) ? Optional.of(mine) : Optional.empty();
        ServerStart start = new ServerStart(began, options.request(), loaded, options.prod, door, shares);
        return exitCode(serve(start), options, config, err);
    }

    private static ServerProcess.Outcome serve(ServerStart start) {
        if (start.door().isEmpty()) {
            return ServerProcess.run(start);
        }
        try (OwnerMark mark = OwnerMark.leave(start.request().environment())) {
            return ServerProcess.run(start);
        }
    }

    private static int exitCode(
            ServerProcess.Outcome outcome, ServeOptions options, ServerConfig config, PrintWriter err) {
        outcome.failure().ifPresent(failure -> {
            err.println("mcp-server: " + StartFailure.sentence(failure, config));
            if (options.debug) {
                failure.printStackTrace(err);
            }
        });
        return outcome.failure().isPresent() ? ExitCode.FAILURE : outcome.exitCode();
    }

    private static Claim claim(ServerConfig config) {
        try {
            // A service does not pass on; it waits for the folder as for any store that somebody else has.
            return config.transport().type() == TransportType.STDIO ? Claim.of(config) : Claim.ofService(config);
        } catch (InterruptedException e) {
            throw new IllegalStateException("Nobody interrupts the start", e);
        }
    }
}
