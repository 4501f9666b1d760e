package io.mcpserver.data.restore;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.CollectionNames;
import io.mcpserver.storage.StoreException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Collections of a backup, and what each is called where it is restored.
 *
 * @param chosen new names by those in the backup, empty for the same name; all collections where none is chosen
 * @param prefix of the new names of those that got none
 */
public record CollectionChoice(Map<String, Optional<String>> chosen, String prefix) {

    /**
     * Reads a choice.
     *
     * @param written each {@code NAME} or {@code NAME=NEWNAME}
     * @throws StoreException {@code INVALID_ARGUMENT} if one is neither, or chosen twice
     */
    public static CollectionChoice of(Collection<String> written, String prefix) {
        Map<String, Optional<String>> chosen = new LinkedHashMap<>();
        for (String one : written) {
            String[] names = one.split("=", 2);
            CollectionNames.check(names[0]);
            Optional<String> other =
                    names.length == 1 ? Optional.empty() : Optional.of(CollectionNames.check(names[1]));
            if (chosen.put(names[0], other) != null) {
                throw refused("The collection " + names[0] + " is chosen twice.");
            }
        }
        return new CollectionChoice(chosen, prefix);
    }

    /** Whether everything is meant, as it is. */
    public boolean isEverything() {
        return chosen.isEmpty() && prefix.isEmpty();
    }

    /**
     * What is restored of a backup: new names by those that it has.
     *
     * @param present the names of its collections
     * @throws StoreException {@code INVALID_ARGUMENT} if a chosen one is not in it, if a new name is none of a collection, or
     *     if two collections would become one
     */
    public SortedMap<String, String> in(Collection<String> present) {
        for (String name : chosen.keySet()) {
            if (!present.contains(name)) {
                throw refused("The backup has no collection " + name + "; it has: " + list(present) + ".");
            }
        }
        SortedMap<String, String> names = new TreeMap<>();
        SortedMap<String, String> taken = new TreeMap<>();
        for (String name : chosen.isEmpty() ? present : chosen.keySet()) {
            String other =
                    chosen.getOrDefault(name, Optional.empty()).orElseGet(() -> CollectionNames.check(prefix + name));
            names.put(name, other);
            String before = taken.put(other, name);
            if (before != null) {
                throw refused("The collections " + before + " and " + name + " would both become " + other
                        + ": give one of them another name.");
            }
        }
        return names;
    }

    private static String list(Collection<String> names) {
        List<String> first = names.stream().sorted().limit(20).toList();
        String more = names.size() > first.size() ? " and " + (names.size() - first.size()) + " more" : "";
        return names.isEmpty() ? "none" : String.join(", ", first) + more;
    }

    private static StoreException refused(String sentence) {
        return new StoreException(ErrorCode.INVALID_ARGUMENT, sentence);
    }
}
