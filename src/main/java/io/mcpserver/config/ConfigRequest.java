package io.mcpserver.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a configuration is made from.
 *
 * @param file the file named on the command line
 * @param flags keys set on the command line; they win over the environment
 * @param environment every environment variable of the process; those that start with {@code MCP_} win over the file
 * @param directory the current directory, absolute
 * @param home the user's home folder; it need not exist
 */
public record ConfigRequest(
        Optional<String> file, List<FlagValue> flags, Map<String, String> environment, Path directory, Path home) {

    /** The request of this process, with its environment, directory and user. */
    public static ConfigRequest ofProcess(Optional<String> file, List<FlagValue> flags) {
        return new ConfigRequest(
                file,
                flags,
                System.getenv(),
                Path.of("").toAbsolutePath(),
                Path.of(System.getProperty("user.home", "?")));
    }

    /**
     * The files of which the first that exists is read, as they are named now; a file that is named by whoever started the
     * program is the only one.
     */
    public List<Path> files() {
        return new ConfigPlaces(this, System.getProperty("os.name", "")).files();
    }

    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
