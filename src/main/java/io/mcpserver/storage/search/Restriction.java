package io.mcpserver.storage.search;

import java.util.List;
import java.util.Optional;

/**
 * Which documents a search looks at: all, those of a collection, or those with some keys.
 *
 * @param keys of {@link DocumentKeys}; where they are given, the collection is not
 */
public record Restriction(Optional<String> collection, Optional<List<String>> keys) {

    public static final Restriction NONE = new Restriction(Optional.empty(), Optional.empty());

    public static Restriction toCollection(String name) {
        return new Restriction(Optional.of(name), Optional.empty());
    }

    public static Restriction toKeys(List<String> keys) {
        return new Restriction(Optional.empty(), Optional.of(keys));
    }
}
