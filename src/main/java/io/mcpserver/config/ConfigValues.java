package io.mcpserver.config;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** The checked value of every key that has one, by the path of the key; immutable. As a text it names keys only. */
public final class ConfigValues {

    private final Map<String, Object> values;
    private final Path base;

    /** @param base the folder that relative paths in secrets start from */
    ConfigValues(Map<String, Object> values, Path base) {
        this.values = Map.copyOf(values);
        this.base = base;
    }

    /** The value of a key, or of a section whose keys have names of the user's own. */
    public Optional<Object> value(String path) {
        return Optional.ofNullable(values.get(path));
    }

    /** Whether a key has the same value here and there. */
    public boolean agrees(ConfigValues other, String path) {
        return Objects.equals(values.get(path), other.values.get(path));
    }

    /** These values, but those of {@code other} for some of the keys. */
    public ConfigValues with(Collection<String> paths, ConfigValues other) {
        Map<String, Object> mixed = new HashMap<>(values);
        for (String path : paths) {
            mixed.remove(path);
            other.value(path).ifPresent(value -> mixed.put(path, value));
        }
        return new ConfigValues(mixed, base);
    }

    /** The configuration that these values make. */
    public ServerConfig config() {
        return new ConfigRecords(values, base).config();
    }

    @Override
    public String toString() {
        return "ConfigValues" + new TreeMap<>(values).keySet();
    }
}
