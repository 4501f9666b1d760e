package io.mcpserver.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The keys that environment variables set: {@code MCP_<SECTION>_<KEY>} for each, and a few short forms. */
public final class Environment {

    /** Short variables and the keys they set. */
    public static final Map<String, String> SHORT_FORMS = Map.of(
            "MCP_PORT", "transport.port",
            "MCP_HOST", "transport.host",
            "MCP_LOG_LEVEL", "logging.level",
            "MCP_DATA_PATH", "storage.path");

    /** Names the configuration file; no key. */
    public static final String FILE_VARIABLE = "MCP_CONFIG_PATH";

    /** Variables that the launcher reads start so. */
    private static final String LAUNCHER_PREFIX = "MCP_JAVA_";

    private static final String NOTIFY_SOCKET = "NOTIFY_SOCKET";

    /** Variables that name a Java to the launcher; the first wins. */
    private static final List<String> JAVA_HOMES = List.of("MCP_JAVA_HOME", "JAVA_HOME");

    private final ConfigSchema schema;

    Environment(ConfigSchema schema) {
        this.schema = schema;
    }

    /** Where the service manager that started this process wants to be told of its state; see sd_notify(3). */
    public static Optional<String> notifySocket() {
        return Optional.ofNullable(System.getenv(NOTIFY_SOCKET)).filter(path -> !path.isEmpty());
    }

    /**
     * The texts by key; an empty variable counts as not set.
     *
     * @param problems receives warnings about unknown variables and about two that name one key
     */
    Map<KeySchema, Located> read(ConfigRequest request, List<Problem> problems) {
        Map<String, KeySchema> known = new LinkedHashMap<>();
        SHORT_FORMS.forEach(
                (variable, key) -> known.put(variable, schema.key(key).orElseThrow()));
        schema.keys().forEach(key -> known.put(key.environmentVariable(), key));
        Map<KeySchema, Located> values = new LinkedHashMap<>();
        new TreeMap<>(request.environment()).forEach((variable, text) -> {
            Place place = new Place(Origin.ENVIRONMENT, variable, 0, 0, request.directory());
            KeySchema key = known.get(variable);
            if (key != null && !text.isBlank()) {
                put(values, key, TextValue.read(key, text, place), request, problems);
            } else if (key == null && isUnknown(variable)) {
                List<String> names = new ArrayList<>(known.keySet());
                names.add(FILE_VARIABLE);
                problems.add(place.problem(
                        Problem.Severity.WARNING, "", "unknown variable, ignored", NearestName.of(variable, names)));
            }
        });
        return values;
    }

    /** The variable that names the Java of this process; empty where none does. */
    public static Optional<String> javaHomeVariable() {
        Path home = Path.of(System.getProperty("java.home"));
        return JAVA_HOMES.stream()
                .filter(variable -> System.getenv(variable) != null
                        && Path.of(System.getenv(variable)).normalize().equals(home))
                .findFirst();
    }

    private static boolean isUnknown(String variable) {
        return variable.startsWith("MCP_") && !variable.startsWith(LAUNCHER_PREFIX) && !variable.equals(FILE_VARIABLE);
    }

    private static void put(
            Map<KeySchema, Located> values,
            KeySchema key,
            Located value,
            ConfigRequest request,
            List<Problem> problems) {
        Located other = values.putIfAbsent(key, value);
        if (other == null) {
            return;
        }
        boolean isLong = value.place().source().equals(key.environmentVariable());
        Located winner = isLong ? value : other;
        Located loser = isLong ? other : value;
        values.put(key, winner);
        String winning = request.environment().get(winner.place().source());
        if (!winning.equals(request.environment().get(loser.place().source()))) {
            problems.add(loser.place()
                    .problem(
                            Problem.Severity.WARNING,
                            key.path(),
                            "ignored, because " + winner.place().source() + " sets the same key to another value",
                            Optional.empty()));
        }
    }
}
