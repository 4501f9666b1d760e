package io.mcpserver.storage.lancedb.passages;

import io.mcpserver.storage.lancedb.dataset.FirstPlane;
import io.mcpserver.storage.search.WordQuery;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Terms as Lance's tokenizer at blanks reads them, in passages and in questions. */
final class TermText {

    private static final String BLANK = " ";

    /**
     * How far apart two terms may be that stand together: those of one place, such as the parts of an identifier, follow
     * each other too.
     */
    private static final int NEAR = 3;

    private TermText() {}

    static String of(List<String> terms) {
        return terms.stream().map(FirstPlane::write).collect(Collectors.joining(BLANK));
    }

    /**
     * How well terms answer a question: the score that Lance gave, and more for neighbours that stand together, which
     * Lance does not look at.
     *
     * @param text as {@link #of} makes it
     * @return 0 where none of the words is there, which Lance says now and then
     */
    static double score(String text, WordQuery words, double score) {
        List<String> terms = List.of(text.split(BLANK));
        Set<String> present = new HashSet<>(terms);
        if (words.terms().stream().noneMatch(term -> present.contains(FirstPlane.write(term)))) {
            return 0;
        }
        long together = words.pairs().stream()
                .filter(pair -> areTogether(terms, FirstPlane.write(pair.first()), FirstPlane.write(pair.second())))
                .count();
        int pairs = Math.max(1, words.pairs().size());
        return score * (1 + WordQuery.PAIR_WEIGHT * together / pairs);
    }

    private static boolean areTogether(List<String> terms, String first, String second) {
        for (int i = 0; i < terms.size(); i++) {
            if (terms.get(i).equals(first)
                    && terms.subList(i + 1, Math.min(terms.size(), i + 1 + NEAR))
                            .contains(second)) {
                return true;
            }
        }
        return false;
    }
}
