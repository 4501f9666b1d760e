package io.mcpserver.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Holds one written value against what the schema says about its key. */
final class ValueCheck {

    /** Names that the user chooses. */
    private static final Pattern OWN_NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final List<Problem> problems;

    /** @param problems receives what is wrong with the values checked */
    ValueCheck(List<Problem> problems) {
        this.problems = problems;
    }

    /**
     * The value in the type of the key: {@code String}, {@code Long} (also for sizes, in bytes), {@code Double},
     * {@code Boolean}, {@code Path}, a list of these, or a map from field to these; empty if it is wrong.
     */
    Optional<Object> check(KeySchema key, Located written) {
        return check(key, key.path(), written);
    }

    private Optional<Object> check(KeySchema key, String name, Located written) {
        if (written.shape() == Located.Shape.NOTHING) {
            String instead = key.defaultValue().isPresent() ? "leave the key out for the default" : "leave the key out";
            return wrong(written, name, "has no value; " + instead, Optional.empty());
        }
        return switch (key.kind()) {
            case TEXT -> text(key, name, written);
            case INTEGER -> integer(key, name, written);
            case NUMBER -> number(key, name, written);
            case SIZE -> size(key, name, written);
            case BOOLEAN ->
                written.shape() == Located.Shape.BOOLEAN ? Optional.of(written.value()) : mismatch(key, name, written);
            case LIST -> list(key, name, written);
            case MAPPING -> mapping(key, name, written);
        };
    }

    private Optional<Object> text(KeySchema key, String name, Located written) {
        if (written.shape() != Located.Shape.TEXT) {
            return mismatch(key, name, written);
        }
        String text = written.text();
        if (!key.choices().isEmpty() && !key.choices().contains(text)) {
            return wrong(
                    written,
                    name,
                    Expectation.of(key) + ", but is " + Expectation.shown(key, written),
                    NearestName.of(text, key.choices()));
        }
        if (text.length() < key.minimumLength()) {
            return wrong(written, name, tooShort(key, text), Optional.empty());
        }
        if (text.length() > key.maximumLength()) {
            return wrong(
                    written,
                    name,
                    "must have at most %,d characters, but has %,d".formatted(key.maximumLength(), text.length()),
                    Optional.empty());
        }
        if (key.pattern().isPresent() && !key.pattern().get().matcher(text).find()) {
            return mismatch(key, name, written);
        }
        return key.isPath() ? path(name, written) : Optional.of(text);
    }

    private static String tooShort(KeySchema key, String text) {
        return text.isEmpty()
                ? "must not be empty"
                : "must have at least %,d characters, but has %,d".formatted(key.minimumLength(), text.length());
    }

    private Optional<Object> path(String name, Located written) {
        try {
            String text = written.text();
            Path path = text.equals("~") || text.startsWith("~/")
                    ? Path.of(System.getProperty("user.home"), text.substring(1))
                    : Path.of(text);
            return Optional.of(written.place().base().resolve(path).normalize());
        } catch (InvalidPathException e) {
            return wrong(written, name, "must be a path of this system: " + e.getReason(), Optional.empty());
        }
    }

    private Optional<Object> integer(KeySchema key, String name, Located written) {
        return written.value() instanceof Long number && number >= key.minimum() && number <= key.maximum()
                ? Optional.of(number)
                : mismatch(key, name, written);
    }

    private Optional<Object> number(KeySchema key, String name, Located written) {
        return written.value() instanceof Number number
                        && number.doubleValue() >= key.minimum()
                        && number.doubleValue() <= key.maximum()
                ? Optional.of(number.doubleValue())
                : mismatch(key, name, written);
    }

    private Optional<Object> size(KeySchema key, String name, Located written) {
        Optional<Long> bytes = written.value() instanceof Long number
                ? Optional.of(number)
                : written.shape() == Located.Shape.TEXT ? ByteSize.parse(written.text()) : Optional.empty();
        return bytes.filter(size -> size >= key.minimum() && size <= key.maximum())
                .map(Object.class::cast)
                .or(() -> mismatch(key, name, written));
    }

    private Optional<Object> list(KeySchema key, String name, Located written) {
        if (written.shape() != Located.Shape.LIST) {
            return mismatch(key, name, written);
        }
        List<Located> items = written.items();
        if (items.size() > key.maximumLength()) {
            return wrong(
                    written,
                    name,
                    "must have at most " + key.maximumLength() + " items, but has " + items.size(),
                    Optional.empty());
        }
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            check(key.items().orElseThrow(), name + "[" + i + "]", items.get(i)).ifPresent(values::add);
        }
        return values.size() == items.size() ? Optional.of(List.copyOf(values)) : Optional.empty();
    }

    private Optional<Object> mapping(KeySchema key, String name, Located written) {
        if (written.shape() != Located.Shape.MAPPING) {
            return mismatch(key, name, written);
        }
        int before = problems.size();
        Map<String, Object> values = new LinkedHashMap<>();
        Map<String, Located.Entry> seen = new LinkedHashMap<>();
        for (Located.Entry entry : written.entries()) {
            KeySchema field =
                    key.fields().getOrDefault(entry.name(), key.entries().orElse(null));
            if (field == null) {
                problems.add(unknown(entry, name, key.fields().keySet()));
            } else if (key.entries().isPresent()
                    && !OWN_NAME.matcher(entry.name()).matches()) {
                problems.add(entry.place()
                        .error(
                                name + "." + Expectation.plain(entry.name()),
                                "must be named with 1 to 64 letters, digits and . _ -"));
            } else if (seen.putIfAbsent(entry.name(), entry) != null) {
                problems.add(twice(entry, name, seen.get(entry.name())));
            } else {
                check(field, name + "." + entry.name(), entry.value())
                        .ifPresent(value -> values.put(entry.name(), value));
            }
        }
        for (String field : key.required()) {
            if (!seen.containsKey(field)) {
                problems.add(written.place().error(name, "lacks \"" + field + "\""));
            }
        }
        return problems.size() == before ? Optional.of(values) : Optional.empty();
    }

    static Problem unknown(Located.Entry entry, String parent, Set<String> names) {
        return entry.place()
                .error(
                        parent.isEmpty()
                                ? Expectation.plain(entry.name())
                                : parent + "." + Expectation.plain(entry.name()),
                        "unknown key",
                        NearestName.of(entry.name(), names));
    }

    static Problem twice(Located.Entry entry, String parent, Located.Entry first) {
        String name = parent.isEmpty() ? entry.name() : parent + "." + entry.name();
        return entry.place()
                .error(name, "appears twice, first on line " + first.place().line());
    }

    private Optional<Object> mismatch(KeySchema key, String name, Located written) {
        String message =
                Expectation.of(key) + ", but is " + Expectation.shown(key, written) + Expectation.remedy(key, written);
        return wrong(written, name, message, Optional.empty());
    }

    private Optional<Object> wrong(Located written, String name, String message, Optional<String> nearest) {
        problems.add(written.place().error(name, message, nearest));
        return Optional.empty();
    }
}
