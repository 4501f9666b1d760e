package io.mcpserver.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * {@code config.schema.json}, the one description of the configuration, read.
 *
 * <p>Only the part of JSON Schema that the file uses is understood here; a test holds this reading against a complete
 * validator. A complete one would cost a fifth of the start.
 *
 * @param sections by name, in the order of the schema
 */
public record ConfigSchema(Map<String, KeySchema> sections) {

    /** Reads the schema that is part of the program. */
    public static ConfigSchema load() {
        // JSON is YAML: the parser of the configuration file serves, and no other has to be loaded at the start.
        Load json =
                new Load(LoadSettings.builder().setLabel("config.schema.json").build());
        try (InputStream resource = ConfigSchema.class.getResourceAsStream("/config.schema.json")) {
            return of(asMap(json.loadFromInputStream(resource)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ConfigSchema of(Map<String, Object> schema) {
        Map<String, KeySchema> sections = new LinkedHashMap<>();
        asMap(schema.get("properties"))
                .forEach((name, section) -> sections.put(name, KeySchema.of(name, asMap(section))));
        return new ConfigSchema(sections);
    }

    /** Every key of every section, in the order of the schema. */
    public List<KeySchema> keys() {
        return sections.values().stream()
                .flatMap(section -> section.fields().values().stream())
                .toList();
    }

    /** The key with a path such as {@code transport.port}. */
    public Optional<KeySchema> key(String path) {
        int dot = path.indexOf('.');
        return dot < 0
                ? Optional.empty()
                : Optional.ofNullable(sections.get(path.substring(0, dot)))
                        .map(section -> section.fields().get(path.substring(dot + 1)));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asMap(Object value) {
        return (Map<String, Object>) value;
    }
}
