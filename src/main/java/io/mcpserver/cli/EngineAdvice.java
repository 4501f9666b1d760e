package io.mcpserver.cli;

import io.mcpserver.config.LoadedConfig;
import io.mcpserver.config.Origin;
import io.mcpserver.storage.service.Engines;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Engines that an option names, and what to change in the configuration after the data went into one. */
final class EngineAdvice {

    private static final String KEY = "storage.type";

    private EngineAdvice() {}

    /** The engine that an option names; one that is not there is wrong usage. */
    static String require(String option, String engine, CommandSpec spec) {
        if (Engines.types().contains(engine)) {
            return engine;
        }
        throw new ParameterException(
                spec.commandLine(),
                "%s %s is no storage engine of this version: take one of %s"
                        .formatted(option, engine, String.join(", ", Engines.types())));
    }

    /** A sentence, or nothing where the server will open that engine: it is configured, or none is. */
    static Optional<String> of(ConfigOptions options, String engine) {
        LoadedConfig loaded = options.load();
        Origin origin = loaded.origins().getOrDefault(KEY, Origin.DEFAULT);
        Optional<String> configured =
                loaded.valid().map(config -> config.storage().type());
        if (configured.isEmpty() || configured.get().equals(engine) || origin == Origin.DEFAULT) {
            return Optional.empty();
        }
        String now = origin == Origin.FILE
                ? "%s is %s in %s".formatted(KEY, configured.get(), loaded.shownFile())
                : "MCP_STORAGE_TYPE is " + configured.get();
        return Optional.of(now + ": set it to " + engine + " before the server starts.");
    }
}
