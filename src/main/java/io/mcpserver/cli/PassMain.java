package io.mcpserver.cli;

import io.mcpserver.config.LoadedConfig;
import io.mcpserver.config.Problem;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.config.ServerConfig.TransportType;
import io.mcpserver.error.CodedException;
import io.mcpserver.mcp.share.Passage;
import io.mcpserver.server.Signals;
import io.mcpserver.server.SystemMessages;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where the small process starts that only passes on what its client says. The launcher runs it where this user has servers
 * over standard streams already; if none of them has this process's data folder, it becomes a full server in place.
 */
public final class PassMain {

    /** How often a message may be in memory at a time, as a whole or in a part. */
    private static final long COPIES = 6;

    private PassMain() {}

    public static void main(String... args) {
        SystemMessages.speakEnglish();
        // Warnings and whatever else is no protocol belong on standard error.
        System.exit(run(args, new PrintWriter(System.err, true, StandardCharsets.UTF_8)));
    }

    private static int run(String[] args, PrintWriter err) {
        Signals.install();
        Optional<ServeOptions> options = PlainServe.read(args);
        if (options.isEmpty()) {
            return FullServer.become(args);
        }
        LoadedConfig loaded = options.get().load();
        Optional<ServerConfig> config =
                loaded.valid().filter(valid -> valid.transport().type() == TransportType.STDIO);
        if (config.isEmpty() || options.get().prod) {
            return FullServer.become(args);
        }
        long longest = Math.max(
                config.get().transport().maxBodySize(), config.get().tools().maxResultBytes());
        if (COPIES * longest > Runtime.getRuntime().maxMemory()) {
            // A full one passes on as well, with more memory.
            return FullServer.become(args);
        }
        try {
            Optional<Passage> passage = Passage.open(config.get());
            if (passage.isEmpty()) {
                return FullServer.become(args);
            }
            loaded.problems(Problem.Severity.WARNING).forEach(problem -> err.println(problem.render()));
            return new PassingProcess(config.get(), options.get(), err).run(passage.get());
        } catch (CodedException e) {
            err.println("mcp-server: " + e.getMessage());
            return ExitCode.FAILURE;
        }
    }
}
