package io.mcpserver.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that was probably meant. */
public final class NearestName {

    private NearestName() {}

    /**
     * The candidate with the fewest typing slips (letter added, left out, replaced, or two swapped) from what was
     * written, without regard to case and to the sign that joins words; else the only one that begins with it.
     *
     * @return empty if none is near: more than a third of the letters, but at least two, would have to change
     */
    public static Optional<String> of(String written, Collection<String> candidates) {
        String plain = plain(written);
        if (plain.length() > 64) {
            return Optional.empty();
        }
        return candidates.stream()
                .filter(candidate -> slips(plain, plain(candidate)) <= tolerance(plain, plain(candidate)))
                .min(Comparator.comparingInt(candidate -> slips(plain, plain(candidate))))
                .or(() -> onlyOneBeginningWith(plain, candidates));
    }

    private static Optional<String> onlyOneBeginningWith(String plain, Collection<String> candidates) {
        List<String> longer = candidates.stream()
                .filter(candidate -> plain.length() > 2 && plain(candidate).startsWith(plain))
                .toList();
        return longer.size() == 1 ? Optional.of(longer.getFirst()) : Optional.empty();
    }

    private static int tolerance(String written, String candidate) {
        int shorter = Math.min(written.length(), candidate.length());
        return shorter <= 2 ? 0 : Math.max(shorter <= 3 ? 1 : 2, shorter / 3);
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "").replace(" ", "");
    }

    private static int slips(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 ? j : j == 0 ? i : cheapest(cost, a, b, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int cheapest(int[][] cost, String a, String b, int i, int j) {
        int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
