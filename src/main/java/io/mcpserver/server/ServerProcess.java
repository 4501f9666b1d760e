package io.mcpserver.server;

import io.mcpserver.mcp.share.OwnerDoor;
import io.mcpserver.mcp.stdio.StandardStreams;
import io.quarkus.runtime.Quarkus;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Runs the server in this process. */
public final class ServerProcess {

    /**
     * How the server ended.
     *
     * @param failure why it could not start, or stopped
     */
    public record Outcome(int exitCode, Optional<Throwable> failure) {}

    private ServerProcess() {}

    /** Starts the server and returns when it has stopped. */
    public static Outcome run(ServerStart start) {
        Signals.install();
        StandardStreams.claim();
        ActiveConfig.set(start);
        AtomicReference<Outcome> outcome = new AtomicReference<>(new Outcome(0, Optional.empty()));
        try {
            Quarkus.run(null, (code, failure) -> outcome.set(new Outcome(code, Optional.ofNullable(failure))));
        } finally {
            // Not before the store is closed.
            start.door().ifPresent(OwnerDoor::close);
        }
        return outcome.get();
    }
}
