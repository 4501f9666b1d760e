package io.mcpserver.storage.index.lucene;

import io.mcpserver.storage.Passages;
import io.mcpserver.storage.search.DocumentKeys;
import io.mcpserver.storage.search.Match;
import io.mcpserver.storage.search.Restriction;
import io.mcpserver.storage.search.SearchView;
import io.mcpserver.storage.search.Window;
import io.mcpserver.storage.search.WordQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/** The index as it was at one moment. */
final class LuceneView implements SearchView {

    private static final int MOST_KEYS = 10_000;

    private final IndexSearcher searcher;

    LuceneView(IndexSearcher searcher) {
        this.searcher = searcher;
    }

    @Override
    public int mostKeys() {
        return MOST_KEYS;
    }

    @Override
    public Window words(WordQuery words, Restriction restriction, int passages) throws IOException {
        Query any = query(words);
        Query query = query(restriction)
                .<Query>map(allowed -> new BooleanQuery.Builder()
                        .add(any, Occur.MUST)
                        .add(allowed, Occur.FILTER)
                        .build())
                .orElse(any);
        return window(query, passages, false);
    }

    @Override
    public Window meaning(float[] vector, Restriction restriction, int passages) throws IOException {
        int k = Math.clamp(passages, 1, Math.max(1, searcher.getIndexReader().maxDoc()));
        Query allowed = query(restriction).orElse(null);
        return window(new KnnFloatVectorQuery(Fields.VECTOR, vector, k, allowed), passages, true);
    }

    @Override
    public int pending() throws IOException {
        return searcher.count(new TermQuery(Fields.IS_PENDING));
    }

    @Override
    public Map<String, Long> somePending(int passages) throws IOException {
        return versions(searcher.search(new TermQuery(Fields.IS_PENDING), passages).scoreDocs);
    }

    @Override
    public Map<String, Long> versions(Collection<String> keys) throws IOException {
        return versions(in(keys), keys.size() * Passages.MOST);
    }

    @Override
    public Map<String, Long> versions() throws IOException {
        return versions(new MatchAllDocsQuery(), Integer.MAX_VALUE);
    }

    /** @param most passages that there may be */
    private Map<String, Long> versions(Query query, int most) throws IOException {
        int all = Math.clamp(most, 1, Math.max(1, searcher.getIndexReader().maxDoc()));
        return versions(searcher.search(query, all).scoreDocs);
    }

    private Map<String, Long> versions(ScoreDoc[] found) throws IOException {
        Map<String, Long> versions = new HashMap<>();
        for (ScoreDoc one : found) {
            versions.put(key(one.doc), number(one.doc, Fields.VERSION));
        }
        return versions;
    }

    private static Query query(WordQuery words) {
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        words.terms().forEach(term -> query.add(new TermQuery(new Term(Fields.TEXT, term)), Occur.SHOULD));
        words.pairs().forEach(pair -> {
            PhraseQuery together = new PhraseQuery(Fields.TEXT, pair.first(), pair.second());
            query.add(new BoostQuery(together, WordQuery.PAIR_WEIGHT), Occur.SHOULD);
        });
        return query.build();
    }

    private static Optional<Query> query(Restriction restriction) {
        Optional<Query> collection =
                restriction.collection().map(name -> new TermQuery(new Term(Fields.COLLECTION, name)));
        return collection.or(() -> restriction.keys().map(LuceneView::in));
    }

    private static Query in(Collection<String> keys) {
        return new TermInSetQuery(Fields.KEY, keys.stream().map(BytesRef::new).toList());
    }

    private Window window(Query query, int passages, boolean cosine) throws IOException {
        List<Match> found = new ArrayList<>();
        for (ScoreDoc one : searcher.search(query, passages).scoreDocs) {
            String key = key(one.doc);
            double score = cosine ? 2.0 * one.score - 1 : one.score;
            int passage = (int) number(one.doc, Fields.PASSAGE);
            found.add(new Match(DocumentKeys.collection(key), DocumentKeys.id(key), passage, score));
        }
        return Window.of(found, passages);
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
}
