package io.mcpserver.storage.search;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The best documents.
 *
 * @param matches best first, each document once
 * @param complete whether a larger window would hold nothing more
 */
public record Window(List<Match> matches, boolean complete) {

    /**
     * The documents of the best passages.
     *
     * @param passages best first
     * @param wanted how many passages were asked for
     */
    public static Window of(List<Match> passages, int wanted) {
        Set<String> seen = new HashSet<>();
        List<Match> matches = new ArrayList<>();
        for (Match passage : passages) {
            if (seen.add(passage.key())) {
                matches.add(passage);
            }
        }
        return new Window(matches, passages.size() < wanted);
    }
}
