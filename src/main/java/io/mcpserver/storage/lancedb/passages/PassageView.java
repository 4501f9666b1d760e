package io.mcpserver.storage.lancedb.passages;

import io.mcpserver.storage.lancedb.dataset.FirstPlane;
import io.mcpserver.storage.lancedb.dataset.Sql;
import io.mcpserver.storage.search.DocumentKeys;
import io.mcpserver.storage.search.Match;
import io.mcpserver.storage.search.Restriction;
import io.mcpserver.storage.search.SearchView;
import io.mcpserver.storage.search.Window;
import io.mcpserver.storage.search.WordQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.lance.index.DistanceType;
import org.lance.ipc.FullTextQuery;
import org.lance.ipc.Query;
import org.lance.ipc.ScanOptions;

/** One version of the passages. */
final class PassageView implements SearchView {

    /** Lists of the vector index that are looked through at first. */
    private static final int LISTS = Upkeep.LISTS / 2;

    /** Vectors that are compared exactly, of those that the index takes for the nearest. */
    private static final int COMPARED = 200;

    private static final int KEYS_A_SCAN = 500;
    private static final int BATCH_ROWS = 8_192;

    private final PassageVersion version;

    PassageView(PassageVersion version) {
        this.version = version;
    }

    @Override
    public int mostKeys() {
        return KEYS_A_SCAN;
    }

    @Override
    public Window words(WordQuery words, Restriction restriction, int passages) throws IOException {
        if (isEmpty(restriction)) {
            return Window.of(List.of(), passages);
        }
        ScanOptions.Builder options = new ScanOptions.Builder()
                .fullTextQuery(FullTextQuery.match(TermText.of(words.terms()), Columns.TERMS))
                .columns(List.of(Columns.KEY, Columns.PASSAGE, Columns.TERMS, Columns.SCORE))
                .limit(passages);
        List<Match> found = new ArrayList<>();
        int[] rows = {0};
        PassageScan.run(version.dataset(), within(options, restriction), batch -> {
            for (int i = 0; i < batch.getRowCount(); i++) {
                rows[0]++;
                double score = TermText.score(
                        PassageScan.text(batch, Columns.TERMS, i), words, PassageScan.number(batch, Columns.SCORE, i));
                if (score > 0) {
                    found.add(match(batch, i, score));
                }
            }
        });
        found.sort(Comparator.comparingDouble(Match::score).reversed().thenComparing(Match::key));
        return new Window(Window.of(found, passages).matches(), rows[0] < passages);
    }

    @Override
    public Window meaning(float[] vector, Restriction restriction, int passages) throws IOException {
        if (isEmpty(restriction)) {
            return Window.of(List.of(), passages);
        }
        Query.Builder query = new Query.Builder()
                .setColumn(Columns.VECTOR)
                .setKey(vector)
                .setK(passages)
                .setDistanceType(DistanceType.L2)
                .setRefineFactor(Math.ceilDiv(COMPARED, passages));
        if (restriction.keys().isPresent()) {
            return Window.of(nearest(query.setUseIndex(false), restriction), passages);
        }
        List<Match> found = nearest(query.setNprobes(LISTS), restriction);
        // The lists that were looked through may have too few of a small collection.
        return Window.of(
                found.size() < passages ? nearest(query.setNprobes(Upkeep.LISTS), restriction) : found, passages);
    }

    private List<Match> nearest(Query.Builder query, Restriction restriction) throws IOException {
        ScanOptions.Builder options = new ScanOptions.Builder()
                .nearest(query.build())
                .columns(List.of(Columns.KEY, Columns.PASSAGE, Columns.DISTANCE));
        List<Match> found = new ArrayList<>();
        PassageScan.run(version.dataset(), within(options, restriction), batch -> {
            for (int i = 0; i < batch.getRowCount(); i++) {
                // Of vectors of unit length.
                double cosine = 1 - PassageScan.number(batch, Columns.DISTANCE, i) / 2;
                found.add(match(batch, i, cosine));
            }
        });
        return found;
    }

    private static ScanOptions.Builder within(ScanOptions.Builder options, Restriction restriction) {
        Optional<String> condition = restriction
                .collection()
                .map(name -> Columns.COLLECTION + " = " + Sql.text(name))
                .or(() -> restriction.keys().map(PassageView::in));
        condition.ifPresent(sql -> options.filter(sql).prefilter(true));
        return options;
    }

    /** A condition without keys is none that Lance can read. */
    private static boolean isEmpty(Restriction restriction) {
        return restriction.keys().filter(List::isEmpty).isPresent();
    }

    private static String in(Collection<String> keys) {
        return Sql.in(Columns.KEY, keys.stream().map(FirstPlane::write).toList());
    }

    @Override
    public int pending() {
        return version.pending();
    }

    @Override
    public Map<String, Long> somePending(int passages) throws IOException {
        return versions(Optional.of(Columns.PENDING), Optional.of(passages));
    }

    @Override
    public Map<String, Long> versions(Collection<String> keys) throws IOException {
        Map<String, Long> versions = new HashMap<>();
        List<String> all = List.copyOf(keys);
        for (int from = 0; from < all.size(); from += KEYS_A_SCAN) {
            List<String> some = all.subList(from, Math.min(all.size(), from + KEYS_A_SCAN));
            versions.putAll(versions(Optional.of(in(some)), Optional.empty()));
        }
        return versions;
    }

    @Override
    public Map<String, Long> versions() throws IOException {
        return versions(Optional.empty(), Optional.empty());
    }

    private Map<String, Long> versions(Optional<String> condition, Optional<Integer> limit) throws IOException {
        ScanOptions.Builder options = new ScanOptions.Builder()
                .columns(List.of(Columns.KEY, Columns.VERSION))
                .batchSize(BATCH_ROWS);
        condition.ifPresent(options::filter);
        limit.ifPresent(options::limit);
        Map<String, Long> versions = new HashMap<>();
        PassageScan.run(version.dataset(), options, batch -> {
            BigIntVector numbers = (BigIntVector) batch.getVector(Columns.VERSION);
            for (int i = 0; i < batch.getRowCount(); i++) {
                versions.put(FirstPlane.read(PassageScan.text(batch, Columns.KEY, i)), numbers.get(i));
            }
        });
        return versions;
    }

    private static Match match(VectorSchemaRoot batch, int at, double score) {
        String key = FirstPlane.read(PassageScan.text(batch, Columns.KEY, at));
        int passage = ((IntVector) batch.getVector(Columns.PASSAGE)).get(at);
        return new Match(DocumentKeys.collection(key), DocumentKeys.id(key), passage, score);
    }
}
