package io.mcpserver.config;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Configurations for tests, made by the loader of the program from settings such as {@code tools.enabled=false}, whose
 * values have the form of an environment variable.
 */
public final class TestConfigs {

    private static final ConfigSchema SCHEMA = ConfigSchema.load();

    /** Where there is no file, and no folder of tools. */
    private static final Path NOWHERE = Path.of("target", "nowhere").toAbsolutePath();

    private TestConfigs() {}

    /** What the loader makes of these settings; of a key that is set twice, the later one. */
    public static LoadedConfig load(String... settings) {
        List<FlagValue> flags = Arrays.stream(settings)
                .map(setting -> new FlagValue(
                        "test", key(setting), setting.substring(key(setting).length() + 1)))
                .toList();
        return new ConfigLoader(SCHEMA).load(new ConfigRequest(Optional.empty(), flags, Map.of(), NOWHERE, NOWHERE));
    }

    /** The defaults, which open nothing by themselves, but for these settings. */
    public static ServerConfig of(String... settings) {
        LoadedConfig loaded = load(settings);
        return loaded.valid().orElseThrow(() -> new AssertionError(loaded.problems()));
    }

    /** A configuration but for these settings. */
    public static ServerConfig with(ServerConfig config, String... settings) {
        ServerConfig set = of(settings);
        ServerConfig changed = config;
        for (String setting : settings) {
            Object value = set;
            for (String name : key(setting).split("\\.")) {
                value = value((Record) value, name);
            }
            changed = replacing(changed, key(setting), value);
        }
        return changed;
    }

    /** A configuration but for one key or section, with a value that no setting states, such as part of a second. */
    public static ServerConfig replacing(ServerConfig config, String path, Object value) {
        String[] names = path.split("\\.", 2);
        Object section = names.length == 1 ? value : replaced((Record) value(config, names[0]), names[1], value);
        return (ServerConfig) replaced(config, names[0], section);
    }

    private static String key(String setting) {
        return setting.substring(0, setting.indexOf('='));
    }

    private static Record replaced(Record record, String name, Object value) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        RecordComponent replaced = component(record, name);
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = Arrays.stream(components)
                .map(component -> component.getName().equals(replaced.getName()) ? value : value(record, component))
                .toArray();
        try {
            return record.getClass().getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static Object value(Record record, String name) {
        return value(record, component(record, name));
    }

    private static Object value(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** The component of a key: the names agree but for their case and underscores. */
    private static RecordComponent component(Record record, String key) {
        return Arrays.stream(record.getClass().getRecordComponents())
                .filter(component -> component.getName().equalsIgnoreCase(key.replace("_", "")))
                .findFirst()
                .orElseThrow(() -> new AssertionError(record.getClass() + " has nothing for " + key));
    }
}
