package io.mcpserver.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Reads the text of an environment variable or a flag by the type of its key. */
final class TextValue {

    private TextValue() {}

    /**
     * The text as the value that a file would hold, or as text where it does not have the form of the key's type. The
     * items of a list are separated by commas; the fields of a mapping in a list by colons, in the order of the schema.
     */
    static Located read(KeySchema key, String text, Place place) {
        String trimmed = text.strip();
        return switch (key.kind()) {
            case INTEGER, SIZE ->
                trimmed.matches("[+-]?[0-9]+")
                        ? new Located(YamlText.integer(trimmed), Located.Shape.NUMBER, trimmed, place)
                        : Located.text(trimmed, place);
            case NUMBER ->
                trimmed.matches("[+-]?[0-9]+(\\.[0-9]+)?")
                        ? new Located(Double.valueOf(trimmed), Located.Shape.NUMBER, trimmed, place)
                        : Located.text(trimmed, place);
            case BOOLEAN ->
                trimmed.toLowerCase(Locale.ROOT).matches("true|false")
                        ? new Located(Boolean.valueOf(trimmed), Located.Shape.BOOLEAN, trimmed, place)
                        : Located.text(trimmed, place);
            case LIST ->
                new Located(items(key.items().orElseThrow(), trimmed, place), Located.Shape.LIST, "a list", place);
            case TEXT -> Located.text(choice(key, text), place);
            case MAPPING -> mapping(key, trimmed, place);
        };
    }

    private static List<Located> items(KeySchema item, String text, Place place) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .map(part -> read(item, part, place))
                .toList();
    }

    private static Located mapping(KeySchema key, String text, Place place) {
        List<KeySchema> fields = List.copyOf(key.fields().values());
        String[] parts = text.split(":", fields.size());
        Stream<Located.Entry> entries = Stream.iterate(0, i -> i < parts.length, i -> i + 1)
                .map(i -> new Located.Entry(fields.get(i).name(), place, read(fields.get(i), parts[i], place)));
        return new Located(entries.toList(), Located.Shape.MAPPING, "a mapping", place);
    }

    private static String choice(KeySchema key, String text) {
        return key.choices().stream()
                .filter(choice -> choice.equalsIgnoreCase(text.strip()))
                .findFirst()
                .orElse(text);
    }
}
