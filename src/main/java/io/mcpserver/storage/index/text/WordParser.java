package io.mcpserver.storage.index.text;

import io.mcpserver.storage.search.WordQuery;
import io.mcpserver.storage.search.WordQuery.Pair;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;

/** Makes a query of what a person typed; nothing in the text is query syntax. */
public final class WordParser {

    private static final int MOST_TERMS = 100;
    private static final int MOST_PAIRS = 12;
    /** Words of questions that say nothing about their subject. */
    private static final String QUESTION_WORDS = "i me my you your he him his she her we us our them its"
            + " what which who whom whose when where why how do does did can could should would may might shall am been"
            + " being have has had from than too very just about so get got";

    private static final Analyzer ANALYZER = TextAnalyzer.forQueries();
    private static final Set<String> STOP_WORDS = stopWords();

    private WordParser() {}

    /** The words of a text that say something about its subject; empty when there is no word in it. */
    public static Optional<WordQuery> parse(String text) {
        TreeMap<Integer, List<String>> positions = analyze(text);
        Set<String> terms = new LinkedHashSet<>();
        positions.values().forEach(terms::addAll);
        if (terms.isEmpty()) {
            return Optional.empty();
        }
        boolean telling = terms.stream().anyMatch(term -> !isStopWord(term));
        List<String> wanted = terms.stream()
                .filter(term -> !telling || !isStopWord(term))
                .limit(MOST_TERMS)
                .toList();
        return Optional.of(new WordQuery(wanted, pairs(positions)));
    }

    private static List<Pair> pairs(TreeMap<Integer, List<String>> positions) {
        List<Pair> pairs = new ArrayList<>();
        for (int position : positions.keySet()) {
            List<String> next = positions.get(position + 1);
            if (next == null || pairs.size() == MOST_PAIRS) {
                continue;
            }
            String first = positions.get(position).getFirst();
            String second = next.getFirst();
            if (!isStopWord(first) && !isStopWord(second)) {
                pairs.add(new Pair(first, second));
            }
        }
        return pairs;
    }

    private static boolean isStopWord(String term) {
        return STOP_WORDS.contains(term);
    }

    /** As terms, that is, stemmed like all others. */
    private static Set<String> stopWords() {
        Stream<String> common = EnglishAnalyzer.getDefaultStopSet().stream().map(word -> new String((char[]) word));
        return Stream.concat(common, Stream.of(QUESTION_WORDS.split(" ")))
                .flatMap(word -> analyze(word).values().stream().flatMap(List::stream))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static TreeMap<Integer, List<String>> analyze(String text) {
        TreeMap<Integer, List<String>> positions = new TreeMap<>();
        try (TokenStream stream = ANALYZER.tokenStream("text", text)) {
            CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            PositionIncrementAttribute step = stream.addAttribute(PositionIncrementAttribute.class);
            stream.reset();
            int position = -1;
            int count = 0;
            while (count++ < 4 * MOST_TERMS && stream.incrementToken()) {
                position += step.getPositionIncrement();
                positions.computeIfAbsent(position, p -> new ArrayList<>()).add(term.toString());
            }
            if (count <= 4 * MOST_TERMS) {
                stream.end();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return positions;
    }
}
