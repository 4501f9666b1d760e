package io.mcpserver.storage.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.Filter;
import io.mcpserver.storage.Search;
import io.mcpserver.storage.StoreSoundness;
import io.mcpserver.storage.index.IndexSoundness;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a store may hold of each group of documents that is written together, as its callers were told: a number, or {@link
 * #GONE}.
 */
final class Promises {

    static final long GONE = -1;

    private final Map<String, Set<Long>> possible = new HashMap<>();

    /** The write of a group that is under way. */
    private final Map<String, Long> unanswered = new HashMap<>();

    private int acknowledged;
    private int refused;

    /** Hears a line of {@link FaultScript} or {@link FaultVictim}. */
    void hear(String line) {
        String[] words = line.split(" ", 4);
        switch (words[0]) {
            case "TRIED" -> unanswered.put(words[1], Long.parseLong(words[2]));
            case "DONE" -> {
                acknowledged++;
                unanswered.remove(words[1]);
                possible.put(words[1], new HashSet<>(Set.of(Long.parseLong(words[2]))));
            }
            case "REFUSED" -> {
                refused++;
                unanswered.remove(words[1]);
                requireWords(words[3]);
                if (words[3].startsWith("OUTCOME_UNKNOWN")) {
                    of(words[1]).add(Long.parseLong(words[2]));
                }
            }
            case "SEEN" -> requirePossible(words[1], words[2]);
            case "BLIND", "CLOSED-BADLY", "UNOPENED" -> requireWords(line.substring(words[0].length() + 1));
            default -> throw new AssertionError("The victim said: " + line);
        }
    }

    /** Requires of a store that was opened again that all is kept, and its index equal; nothing is in doubt after that. */
    void check(DocumentStore store) {
        unanswered.forEach((group, number) -> of(group).add(number));
        unanswered.clear();
        StoreSoundness.require(store, FaultScript.COLLECTION);
        IndexSoundness.require(store);
        for (String group : Set.copyOf(possible.keySet())) {
            List<Long> found = FaultScript.numbers(store, group);
            requirePossible(
                    group, String.join(",", found.stream().map(String::valueOf).toList()));
            possible.put(group, new HashSet<>(Set.of(found.getFirst())));
            if (!group.startsWith("settings") && found.getFirst() != GONE) {
                requireFound(store, group, found.getFirst());
            }
        }
    }

    int acknowledged() {
        return acknowledged;
    }

    int refused() {
        return refused;
    }

    private Set<Long> of(String group) {
        return possible.computeIfAbsent(group, name -> new HashSet<>(Set.of(GONE)));
    }

    private void requirePossible(String group, String found) {
        List<String> parts = List.of(found.split(","));
        assertThat(Set.copyOf(parts)).as("%s is whole", group).hasSize(1);
        assertThat(of(group)).as(group).contains(Long.parseLong(parts.getFirst()));
    }

    private static void requireFound(DocumentStore store, String group, long number) {
        Search search = new Search(
                FaultScript.word(number),
                Optional.of(FaultScript.COLLECTION),
                Search.Mode.WORDS,
                Filter.ALL,
                10,
                false);
        assertThat(store.search(search))
                .extracting(hit -> hit.document().id())
                .as("found of %s", group)
                .contains(group + "a", group + "b", group + "c");
    }

    /** What a caller is told is a sentence, and no trace of a program. */
    private static void requireWords(String told) {
        assertThat(told).matches("[A-Z_]+ [A-Z].*\\.").doesNotContain("null", "Exception");
    }
}
