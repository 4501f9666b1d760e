package io.mcpserver.cli;

import io.mcpserver.config.LoadedConfig;
import io.mcpserver.config.Problem;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.insight.InsightOffer;
import io.mcpserver.mcp.pass.NextOwner;
import io.mcpserver.mcp.pass.Passing;
import io.mcpserver.mcp.share.Passage;
import io.mcpserver.mcp.share.SharedSettings;
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
    private volatile ServerConfig newest;

    /** @param options with which the next owner is started, should there be none */
    PassingProcess(ServerConfig config, ServeOptions options, PrintWriter err) {
        this.config = config;
        this.newest = config;
        this.options = options;
        this.err = err;
    }

    /** As the files say now, if that makes sense and means the same folder; else as they said before. */
    private synchronized ServerConfig now() {
        LoadedConfig read = options.load();
        if (read.valid().isEmpty()) {
            err.println("mcp-server: the configuration stays as it was:");
            read.problems(Problem.Severity.ERROR).forEach(problem -> err.println(problem.render()));
        }
        newest = read.valid()
                .filter(valid -> valid.storage().path().equals(config.storage().path()))
                .orElse(newest);
        return newest;
    }

    /** Where an owner would have to be asked again by what the files say now, it is. */
    private void readAgain(Passing passing) {
        ServerConfig before = newest;
        if (!SharedSettings.agree(before, now())) {
            passing.comeBack();
        }
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
            Signals.onHangup(() -> Thread.ofPlatform().daemon().name("reload").start(() -> readAgain(passing)));
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
