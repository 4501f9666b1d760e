package io.mcpserver.storage.index;

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
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/** Makes a query of what a person typed; nothing in the text is query syntax. */
final class WordQuery {

    private static final int MOST_TERMS = 100;
    private static final int MOST_PAIRS = 12;
    private static final float PAIR_BOOST = 0.4f;
    /** Words of questions that say nothing about their subject. */
    private static final String QUESTION_WORDS = "i me my you your he him his she her we us our them its"
            + " what which who whom whose when where why how do does did can could should would may might shall am been"
            + " being have has had from than too very just about so get got";

    private static final Analyzer ANALYZER = TextAnalyzer.forQueries();
    private static final Set<String> STOP_WORDS = stopWords();

    private WordQuery() {}

    /** Any of the words, better when neighbours stand together; empty when there is no word in the text. */
    static Optional<Query> of(String text) {
        TreeMap<Integer, List<String>> positions = analyze(text);
        Set<String> terms = new LinkedHashSet<>();
        positions.values().forEach(terms::addAll);
        if (terms.isEmpty()) {
            return Optional.empty();
        }
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        boolean telling = terms.stream().anyMatch(term -> !isStopWord(term));
        terms.stream()
                .filter(term -> !telling || !isStopWord(term))
                .limit(MOST_TERMS)
                .forEach(term -> query.add(new TermQuery(new Term(Fields.TEXT, term)), Occur.SHOULD));
        pairs(positions).forEach(pair -> query.add(new BoostQuery(pair, PAIR_BOOST), Occur.SHOULD));
        return Optional.of(query.build());
    }

    private static List<Query> pairs(TreeMap<Integer, List<String>> positions) {
        List<Query> pairs = new ArrayList<>();
        for (int position : positions.keySet()) {
            List<String> next = positions.get(position + 1);
            if (next == null || pairs.size() == MOST_PAIRS) {
                continue;
            }
            String first = positions.get(position).getFirst();
            String second = next.getFirst();
            if (!isStopWord(first) && !isStopWord(second)) {
                pairs.add(new PhraseQuery(Fields.TEXT, first, second));
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
        try (TokenStream stream = ANALYZER.tokenStream(Fields.TEXT, text)) {
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
