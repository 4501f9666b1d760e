package io.mcpserver.config;

import java.util.List;

/**
 * A value as it was written, with its place.
 *
 * @param value a {@code String}, {@code Long} (saturated), {@code Double}, {@code Boolean}, a list of
 *     {@code Located}, a list of {@link Entry}, or null
 * @param text a scalar as it was written, otherwise what it is in words, such as {@code a list}
 */
public record Located(Object value, Shape shape, String text, Place place) {

    public enum Shape {
        TEXT,
        NUMBER,
        BOOLEAN,
        NOTHING,
        LIST,
        MAPPING
    }

    /** One key of a mapping with its value. */
    public record Entry(String name, Place place, Located value) {}

    @SuppressWarnings("unchecked")
    public List<Located> items() {
        return (List<Located>) value;
    }

    @SuppressWarnings("unchecked")
    public List<Entry> entries() {
        return (List<Entry>) value;
    }

    static Located text(String text, Place place) {
        return new Located(text, Shape.TEXT, text, place);
    }
}
