package io.mcpserver.storage.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;

/** The index as it was at one moment. */
final class IndexView {

    private final IndexSearcher searcher;

    IndexView(IndexSearcher searcher) {
        this.searcher = searcher;
    }

    /** The documents among the best passages by words. */
    Window words(Query words, Optional<Query> restriction, int passages) throws IOException {
        Query query = restriction
                .<Query>map(allowed -> new BooleanQuery.Builder()
                        .add(words, Occur.MUST)
                        .add(allowed, Occur.FILTER)
                        .build())
                .orElse(words);
        return window(query, passages, false);
    }

    /** The documents among the passages that are nearest in meaning. */
    Window meaning(float[] vector, Optional<Query> restriction, int passages) throws IOException {
        int k = Math.clamp(passages, 1, Math.max(1, searcher.getIndexReader().maxDoc()));
        return window(new KnnFloatVectorQuery(Fields.VECTOR, vector, k, restriction.orElse(null)), passages, true);
    }

    /** How many documents wait for their vectors. */
    int pending() throws IOException {
        return searcher.count(new TermQuery(Fields.IS_PENDING));
    }

    /** Versions by key of some documents that wait for their vectors. */
    Map<String, Long> somePending(int passages) throws IOException {
        return versions(searcher.search(new TermQuery(Fields.IS_PENDING), passages).scoreDocs);
    }

    /** The versions of the documents with these keys, as far as the index knows them. */
    Map<String, Long> versions(Query keys, int most) throws IOException {
        int all = Math.clamp(most, 1, Math.max(1, searcher.getIndexReader().maxDoc()));
        return versions(searcher.search(keys, all).scoreDocs);
    }

    private Map<String, Long> versions(ScoreDoc[] found) throws IOException {
        Map<String, Long> versions = new HashMap<>();
        for (ScoreDoc one : found) {
            versions.put(key(one.doc), number(one.doc, Fields.VERSION));
        }
        return versions;
    }

    private Window window(Query query, int passages, boolean cosine) throws IOException {
        ScoreDoc[] found = searcher.search(query, passages).scoreDocs;
        Set<String> seen = new HashSet<>();
        List<Match> matches = new ArrayList<>();
        for (ScoreDoc one : found) {
            String key = key(one.doc);
            if (seen.add(key)) {
                double score = cosine ? 2.0 * one.score - 1 : one.score;
                int passage = (int) number(one.doc, Fields.PASSAGE);
                matches.add(new Match(Fields.collection(key), Fields.id(key), passage, score));
            }
        }
        return new Window(matches, found.length < passages);
    }

    private String key(int doc) throws IOException {
        LeafReaderContext leaf = leaf(doc);
        BinaryDocValues keys = leaf.reader().getBinaryDocValues(Fields.KEY);
        keys.advanceExact(doc - leaf.docBase);
        return keys.binaryValue().utf8ToString();
    }

    private long number(int doc, String field) throws IOException {
        LeafReaderContext leaf = leaf(doc);
        NumericDocValues numbers = leaf.reader().getNumericDocValues(field);
        numbers.advanceExact(doc - leaf.docBase);
        return numbers.longValue();
    }

    private LeafReaderContext leaf(int doc) {
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        return leaves.get(ReaderUtil.subIndex(doc, leaves));
    }

    /**
     * The best documents.
     *
     * @param matches best first, each document once
     * @param complete whether a larger window would hold nothing more
     */
    record Window(List<Match> matches, boolean complete) {}
}
