package io.mcpserver.cli;

import io.mcpserver.config.ConfigLoader;
import io.mcpserver.config.ConfigRequest;
import io.mcpserver.config.ConfigSchema;
import io.mcpserver.config.FlagValue;
import io.mcpserver.config.LoadedConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of every command that reads the configuration; a picocli mixin. */
public class ConfigOptions {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration file. Without it: MCP_CONFIG_PATH, ./config.yaml, or the one in the "
                    + "user's configuration folder.")
    String config;

    @Option(names = "--data", paramLabel = "FOLDER", description = "The folder of the data (storage.path).")
    String data;

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            description = "DEBUG, INFO, WARNING or ERROR (logging.level); also switches the log of stdio on.")
    String logLevel;

    @Option(names = "--debug", description = "The same as --log-level DEBUG; failures show where they come from.")
    boolean debug;

    /** The configuration that file, environment and these options make, with everything that is wrong with it. */
    public LoadedConfig load() {
        return new ConfigLoader(ConfigSchema.load()).load(request());
    }

    /** What {@link #load} reads. */
    ConfigRequest request() {
        return ConfigRequest.ofProcess(Optional.ofNullable(config), flags());
    }

    /** The keys that these options set. */
    List<FlagValue> flags() {
        List<FlagValue> flags = new ArrayList<>();
        if (debug && logLevel == null) {
            flags.add(new FlagValue("--debug", "logging.level", "DEBUG"));
        }
        add(flags, "--log-level", "logging.level", logLevel);
        add(flags, "--data", "storage.path", data);
        return flags;
    }

    /** The words of a command line that sets the same. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        add(words, "--config", config);
        add(words, "--data", data);
        add(words, "--log-level", logLevel);
        if (debug) {
            words.add("--debug");
        }
        return words;
    }

    static void add(List<String> words, String flag, String value) {
        if (value != null) {
            words.add(flag);
            words.add(value);
        }
    }

    static void add(List<FlagValue> flags, String flag, String key, String text) {
        if (text != null) {
            flags.add(new FlagValue(flag, key, text));
        }
    }
}
