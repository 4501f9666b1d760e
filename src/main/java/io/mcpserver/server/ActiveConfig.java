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

    private static volatile LoadedConfig active;

    private ActiveConfig() {}

    /** Sets the configuration of the server that is about to start; it must be valid. */
    public static void set(LoadedConfig loaded) {
        loaded.valid().orElseThrow();
        active = loaded;
    }

    /** Empty where the server was not started by the command line, as in tests. */
    public static Optional<LoadedConfig> get() {
        return Optional.ofNullable(active);
    }
}
