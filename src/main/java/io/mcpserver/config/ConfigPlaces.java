package io.mcpserver.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where configuration and data are when nobody says where. */
final class ConfigPlaces {

    private static final String NAME = "mcp-server";
    private static final String FILE = "config.yaml";

    /** A folder can be replaced as a whole while it is mounted, a file cannot. */
    private static final String IN_FOLDER = "config/config.yaml";

    private final ConfigRequest request;
    private final String system;

    /** @param system name of the operating system, as in {@code os.name} */
    ConfigPlaces(ConfigRequest request, String system) {
        this.request = request;
        this.system = system.toLowerCase(Locale.ROOT);
    }

    /**
     * The place of the configuration file: the one named on the command line, the one that {@code MCP_CONFIG_PATH}
     * names, {@code config.yaml} in the current directory or in its folder {@code config}, or the one in the user's
     * configuration folder. One that is named need not exist; of the others the first that exists is taken.
     */
    Optional<Place> file() {
        return request.file()
                .or(() -> request.variable("MCP_CONFIG_PATH"))
                .map(named -> place(named, request.directory().resolve(named)))
                .or(() -> existing(FILE, request.directory().resolve(FILE)))
                .or(() -> existing(IN_FOLDER, request.directory().resolve(IN_FOLDER)))
                .or(() -> existing(
                        userConfig().resolve(FILE).toString(), userConfig().resolve(FILE)));
    }

    /** The files that {@link #file} looks for, whether or not they exist. */
    List<Path> files() {
        return request.file()
                .or(() -> request.variable("MCP_CONFIG_PATH"))
                .map(named -> List.of(request.directory().resolve(named)))
                .orElseGet(() -> List.of(
                        request.directory().resolve(FILE),
                        request.directory().resolve(IN_FOLDER),
                        userConfig().resolve(FILE)));
    }

    private static Optional<Place> existing(String shown, Path file) {
        return Files.isRegularFile(file) ? Optional.of(place(shown, file)) : Optional.empty();
    }

    private static Place place(String shown, Path file) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        return new Place(Origin.FILE, shown, 0, 0, folder == null ? file.toAbsolutePath() : folder);
    }

    /** The user's folder for the configuration of this program. */
    Path userConfig() {
        if (system.contains("win")) {
            return folder("APPDATA", "AppData/Roaming").resolve(NAME);
        }
        return system.contains("mac")
                ? request.home().resolve("Library/Application Support").resolve(NAME)
                : folder("XDG_CONFIG_HOME", ".config").resolve(NAME);
    }

    /** The folder of the data: the user's, or {@code data} in the current directory for users without a home. */
    Path userData() {
        if (system.contains("win")) {
            return folder("LOCALAPPDATA", "AppData/Local").resolve(NAME);
        }
        if (request.variable("XDG_DATA_HOME").isEmpty() && homeless()) {
            return request.directory().resolve("data");
        }
        return system.contains("mac")
                ? request.home().resolve("Library/Application Support").resolve(NAME)
                : folder("XDG_DATA_HOME", ".local/share").resolve(NAME);
    }

    private boolean homeless() {
        Path home = request.home();
        return !home.isAbsolute() || home.getParent() == null || !Files.isDirectory(home) || !Files.isWritable(home);
    }

    private Path folder(String variable, String underHome) {
        return request.variable(variable).map(Path::of).filter(Path::isAbsolute).orElseGet(() -> request.home()
                .resolve(underHome));
    }
}
