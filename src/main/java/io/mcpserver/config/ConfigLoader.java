package io.mcpserver.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Loads a configuration: defaults, then the file, then the environment, then the command line, each winning over the
 * one before; and collects every problem rather than stopping at the first.
 */
public final class ConfigLoader {

    private static final String ENGINE = "storage.type";
    private static final String INDEX = "storage.search_index";

    private final ConfigSchema schema;

    public ConfigLoader(ConfigSchema schema) {
        this.schema = schema;
    }

    /** Loads what the request names; never throws for anything that a user can write. */
    public LoadedConfig load(ConfigRequest request) {
        List<Problem> problems = new ArrayList<>();
        ConfigPlaces places = new ConfigPlaces(request, System.getProperty("os.name", ""));
        Optional<Place> file = places.file();
        Map<KeySchema, Located> written = new LinkedHashMap<>();
        file.flatMap(place -> YamlFile.read(request.directory().resolve(place.source()), place, problems))
                .ifPresent(root -> written.putAll(sections(root, problems)));
        Map<String, Object> values = new HashMap<>();
        Map<String, Place> set = new HashMap<>();
        apply(written, values, set, problems);
        problems.sort(Comparator.comparingInt(Problem::line));
        apply(new Environment(schema).read(request, problems), values, set, problems);
        apply(flags(request), values, set, problems);
        Place fallback =
                new Place(Origin.DEFAULT, "default", 0, 0, file.map(Place::base).orElseGet(places::userConfig));
        for (KeySchema key : schema.keys()) {
            if (!values.containsKey(key.path())) {
                ConfigDefaults.value(key, fallback).ifPresent(value -> values.put(key.path(), value));
            }
        }
        values.putIfAbsent("storage.path", places.userData());
        if (!values.containsKey(ENGINE)) {
            values.put(ENGINE, engines().engine((Path) values.get("storage.path")));
        }
        Optional.ofNullable(set.get(INDEX))
                .flatMap(place -> engines()
                        .againstIndex((String) values.get(ENGINE), (String) values.get(INDEX))
                        .map(reason -> place.error(INDEX, reason)))
                .ifPresent(problems::add);
        boolean failed = problems.stream().anyMatch(problem -> problem.severity() == Problem.Severity.ERROR);
        Optional<ConfigValues> valid =
                failed ? Optional.empty() : Optional.of(new ConfigValues(values, fallback.base()));
        return new LoadedConfig(
                valid.map(ConfigValues::config),
                List.copyOf(problems),
                file.map(place -> request.directory()
                        .resolve(place.source())
                        .toAbsolutePath()
                        .normalize()),
                set.entrySet().stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, key -> key.getValue()
                        .origin())),
                valid);
    }

    private static EngineChoice engines() {
        return ServiceLoader.load(EngineChoice.class, EngineChoice.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("This build has no storage engine"));
    }

    private void apply(
            Map<KeySchema, Located> written,
            Map<String, Object> values,
            Map<String, Place> set,
            List<Problem> problems) {
        written.forEach((key, value) -> {
            Optional<Object> checked = new ValueCheck(problems).check(key, value);
            if (key.path().equals("security.api_keys")) {
                checked.ifPresent(keys -> ApiKeyCheck.unique(keys, value, problems));
            }
            if (key.path().equals("transport.trusted_proxies")) {
                checked.ifPresent(networks -> NetworkCheck.valid(networks, value, problems));
            }
            if (key.path().equals("cache.redis_url")) {
                checked = checked.flatMap(address -> RedisAddressCheck.valid(address, value, problems));
            }
            checked.ifPresent(valid -> values.put(key.path(), valid));
            set.put(key.path(), value.place());
        });
    }

    private Map<KeySchema, Located> flags(ConfigRequest request) {
        Map<KeySchema, Located> flags = new LinkedHashMap<>();
        for (FlagValue flag : request.flags()) {
            KeySchema key = schema.key(flag.key()).orElseThrow();
            Place place = new Place(Origin.FLAG, flag.flag(), 0, 0, request.directory());
            flags.put(key, TextValue.read(key, flag.text(), place));
        }
        return flags;
    }

    private Map<KeySchema, Located> sections(Located root, List<Problem> problems) {
        Map<KeySchema, Located> keys = new LinkedHashMap<>();
        if (root.shape() == Located.Shape.NOTHING) {
            return keys;
        }
        if (root.shape() != Located.Shape.MAPPING) {
            String found = root.shape() == Located.Shape.LIST ? "a list" : "a single value";
            problems.add(
                    root.place().error("", "must be a mapping of sections such as \"transport:\", but is " + found));
            return keys;
        }
        Map<String, Located.Entry> seen = new HashMap<>();
        for (Located.Entry section : root.entries()) {
            KeySchema known = schema.sections().get(section.name());
            if (known == null) {
                problems.add(unknownSection(section));
            } else if (seen.putIfAbsent(section.name(), section) != null) {
                problems.add(ValueCheck.twice(section, "", seen.get(section.name())));
            } else {
                section(known, section, keys, problems);
            }
        }
        return keys;
    }

    private void section(
            KeySchema section, Located.Entry written, Map<KeySchema, Located> keys, List<Problem> problems) {
        Located body = written.value();
        if (body.shape() == Located.Shape.NOTHING) {
            return;
        }
        if (section.entries().isPresent()) {
            keys.put(section, body);
            return;
        }
        if (body.shape() != Located.Shape.MAPPING) {
            String first = section.fields().keySet().iterator().next();
            problems.add(body.place()
                    .error(
                            section.path(),
                            "must be a mapping of keys such as \"" + first + ":\", but is "
                                    + Expectation.shown(section, body)));
            return;
        }
        Map<String, Located.Entry> seen = new HashMap<>();
        for (Located.Entry entry : body.entries()) {
            KeySchema key = section.fields().get(entry.name());
            if (key == null) {
                problems.add(unknownKey(section, entry));
            } else if (seen.putIfAbsent(entry.name(), entry) != null) {
                problems.add(ValueCheck.twice(entry, section.path(), seen.get(entry.name())));
            } else {
                keys.put(key, entry.value());
            }
        }
    }

    private Problem unknownSection(Located.Entry entry) {
        Problem plain = entry.place()
                .error(
                        Expectation.plain(entry.name()),
                        "unknown section",
                        NearestName.of(entry.name(), schema.sections().keySet()));
        return plain.nearest().isPresent() ? plain : elsewhere(plain, entry.name());
    }

    private Problem unknownKey(KeySchema section, Located.Entry entry) {
        Problem plain =
                ValueCheck.unknown(entry, section.path(), section.fields().keySet());
        return plain.nearest().isPresent() ? plain : elsewhere(plain, entry.name());
    }

    /** A key that stands in the wrong section is named with the right one. */
    private Problem elsewhere(Problem plain, String name) {
        Set<String> paths = Set.copyOf(schema.keys().stream()
                .filter(key -> key.name().equals(name))
                .map(KeySchema::path)
                .toList());
        return new Problem(
                plain.severity(),
                plain.source(),
                plain.line(),
                plain.column(),
                plain.key(),
                plain.message(),
                paths.stream().sorted().findFirst());
    }
}
