package io.mcpserver.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What loading a configuration brought.
 *
 * @param valid the configuration; empty if any problem is an error
 * @param problems everything that was found, in the order file, environment, command line
 * @param file the file that was read; empty if there was none
 * @param origins where the value of each key came from; keys with their default are absent
 * @param values what {@code valid} was made of; empty if it is
 */
public record LoadedConfig(
        Optional<ServerConfig> valid,
        List<Problem> problems,
        Optional<Path> file,
        Map<String, Origin> origins,
        Optional<ConfigValues> values) {

    /** The same with another configuration made of it. */
    public LoadedConfig withValid(ServerConfig config) {
        return new LoadedConfig(Optional.of(config), problems, file, origins, values);
    }

    /** What to call the configuration as a whole: its file, or that there is none. */
    public String shownFile() {
        return file.map(Path::toString).orElse("configuration");
    }

    /** Whether a key was set for this one start, by the environment or on the command line. */
    public boolean askedFor(String key) {
        Origin origin = origins.getOrDefault(key, Origin.DEFAULT);
        return origin == Origin.ENVIRONMENT || origin == Origin.FLAG;
    }

    /** The problems of one severity. */
    public List<Problem> problems(Problem.Severity severity) {
        return problems.stream()
                .filter(problem -> problem.severity() == severity)
                .toList();
    }
}
