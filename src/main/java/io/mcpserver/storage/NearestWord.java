package io.mcpserver.storage;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the known word that somebody probably meant. */
final class NearestWord {

    private NearestWord() {}

    /** The known word with the fewest edits, if these are at most half of its letters. */
    static Optional<String> to(String word, List<String> known) {
        String shown = word.substring(0, Math.min(word.length(), 40));
        return known.stream()
                .min(Comparator.comparingInt(candidate -> edits(shown, candidate)))
                .filter(candidate -> edits(shown, candidate) <= Math.max(1, candidate.length() / 2));
    }

    private static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
