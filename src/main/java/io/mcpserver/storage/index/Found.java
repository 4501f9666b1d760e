package io.mcpserver.storage.index;

import io.mcpserver.storage.search.Match;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A document that a search found, on one side or on both.
 *
 * @param best the match whose passage is shown
 * @param explanation ranks and scores of both sides
 */
record Found(Match best, double score, String explanation) {

    /** Softens the weight of the first ranks in the fusion. */
    private static final int RANK_OFFSET = 60;

    /** Documents of one side, in its order and with its scores. */
    static List<Found> of(Side side, List<Match> matches) {
        List<Found> found = new ArrayList<>();
        for (Match match : matches) {
            found.add(new Found(match, match.score(), side.explain(found.size() + 1, match.score())));
        }
        return found;
    }

    /** Reciprocal rank fusion of both sides: what stands high on either is first, what stands high on both before it. */
    static List<Found> fuse(List<Match> words, List<Match> meaning) {
        Map<String, Integer> byWords = ranks(words);
        Map<String, Integer> byMeaning = ranks(meaning);
        Map<String, Match> all = new LinkedHashMap<>();
        words.forEach(match -> all.put(match.key(), match));
        meaning.forEach(match -> all.putIfAbsent(match.key(), match));
        return all.keySet().stream()
                .map(key -> fused(key, byWords.get(key), byMeaning.get(key), words, meaning))
                .sorted(Comparator.comparingDouble(Found::score).reversed().thenComparing(found -> found.best.key()))
                .toList();
    }

    private static Found fused(
            String key, Integer wordRank, Integer meaningRank, List<Match> words, List<Match> meaning) {
        double score = 0;
        List<String> parts = new ArrayList<>();
        Match best = null;
        if (wordRank != null) {
            best = words.get(wordRank - 1);
            score += 1.0 / (RANK_OFFSET + wordRank);
            parts.add(Side.WORDS.explain(wordRank, best.score()));
        }
        if (meaningRank != null) {
            Match match = meaning.get(meaningRank - 1);
            best = wordRank != null && wordRank <= meaningRank ? best : match;
            score += 1.0 / (RANK_OFFSET + meaningRank);
            parts.add(Side.MEANING.explain(meaningRank, match.score()));
        }
        parts.add(String.format(Locale.ROOT, "fused %.5f", score));
        return new Found(best, score, String.join("; ", parts));
    }

    private static Map<String, Integer> ranks(List<Match> matches) {
        Map<String, Integer> ranks = new HashMap<>();
        matches.forEach(match -> ranks.put(match.key(), ranks.size() + 1));
        return ranks;
    }

    /** The two ways to find a document. */
    enum Side {
        WORDS("words: rank %d, BM25 %.3f"),
        MEANING("meaning: rank %d, cosine %.3f");

        private final String format;

        Side(String format) {
            this.format = format;
        }

        String explain(int rank, double score) {
            return String.format(Locale.ROOT, format, rank, score);
        }
    }
}
