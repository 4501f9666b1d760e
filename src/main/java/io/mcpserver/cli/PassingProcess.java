package io.mcpserver.cli;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.insight.InsightOffer;
import io.mcpserver.mcp.pass.NextOwner;
import io.mcpserver.mcp.pass.Passing;
import io.mcpserver.mcp.share.Passage;
import io.mcpserver.mcp.stdio.StandardStreams;
import io.mcpserver.server.Signals;
import java.io.PrintWriter;
import java.time.Duration;

/** Runs this process as one that passes on what its client says to the owner of its data folder. */
final class PassingProcess {

    /** Beyond what an owner may take for the calls of a client that has gone. */
    private static final Duration GRACE = Duration.ofSeconds(15);

    private final ServerConfig config;
    private final ServeOptions options;
    private final PrintWriter err;

    /** @param options with which the next owner is started, should there be none */
    PassingProcess(ServerConfig config, ServeOptions options, PrintWriter err) {
        this.config = config;
        this.options = options;
        this.err = err;
    }

    /** As the files say now, if that makes sense and means the same folder; else as at the start. */
    private ServerConfig now() {
        return options.load()
                .valid()
                .filter(read -> read.storage().path().equals(config.storage().path()))
                .orElse(config);
    }

    /** Runs until the client has gone; returns the exit code. */
    int run(Passage passage) {
        StandardStreams.claim();
        InsightOffer.passOn();
        try (NextOwner owners = new NextOwner(config.storage().path(), this::now, FullServer.of(options))) {
            Passing passing = new Passing(
                    StandardStreams.in(),
                    StandardStreams.out(),
                    owners,
                    said -> err.println("mcp-server: " + said),
                    config.performance().requestTimeout().plus(GRACE));
            Signals.onTerminate(passing::end);
            Passing.End end = passing.run(passage);
            if (!end.well()) {
                err.println("mcp-server: " + end.failure());
            }
            return end.well() ? ExitCode.OK : ExitCode.FAILURE;
        } catch (InterruptedException e) {
            throw new IllegalStateException("Nobody interrupts the process", e);
        }
    }
}
