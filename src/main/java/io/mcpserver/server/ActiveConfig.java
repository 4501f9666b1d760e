package io.mcpserver.server;

import io.mcpserver.config.LoadedConfig;
import java.util.Optional;

/**
 * The configuration that the command line loaded for the server of this process.
 *
 * <p>Static, because Quarkus reads its settings before it makes the first bean. Live reload loads the class anew, so
 * nothing of an earlier run stays.
 */
public final class ActiveConfig {

    private static volatile ServerStart active;

    private ActiveConfig() {}

    /** Sets the configuration of the server that is about to start; it must be valid. */
    public static void set(ServerStart start) {
        start.loaded().valid().orElseThrow();
        active = start;
    }

    /** Empty where the server was not started by the command line, as in tests. */
    public static Optional<ServerStart> start() {
        return Optional.ofNullable(active);
    }

    /** What was loaded at the start; empty where {@link #start} is. */
    public static Optional<LoadedConfig> get() {
        return start().map(ServerStart::loaded);
    }
}
