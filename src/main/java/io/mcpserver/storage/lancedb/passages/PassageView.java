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

    /** Ten scans: longer than to read a few hundred documents that do not pass, and shorter than to read thousands. */
    private static final int MOST_KEYS = 5_000;

    private static final int KEYS_A_SCAN = 500;
    private static final int BATCH_ROWS = 8_192;

    private final PassageVersion version;

    PassageView(PassageVersion version) {
        this.version = version;
    }

    @Override
    public int mostKeys() {
        return MOST_KEYS;
    }

    @Override
    public Window words(WordQuery words, Restriction restriction, int passages) throws IOException {
        return best(restriction, passages, part -> byWords(words, part, passages));
    }

    private Window byWords(WordQuery words, Restriction restriction, int passages) throws IOException {
        ScanOptions.Builder options = new ScanOptions.Builder()
                .fullTextQuery(FullTextQuery.match(TermText.of(words.terms()), Columns.TERMS))
                .columns(List.of(Columns.KEY, Columns.PASSAGE, Columns.TERMS, Columns.SCORE))
                .limit(passages);
        List<Match> found = new ArrayList<>();
        int[] rows = {0};
        PassageScan.run(version.dataset(), within(options, restriction), batch -> {
            rows[0] += batch.getRowCount();
            for (int i = 0; i < batch.getRowCount(); i++) {
                String terms = PassageScan.text(batch, Columns.TERMS, i);
                double score = TermText.score(terms, words, PassageScan.number(batch, Columns.SCORE, i));
                if (score > 0) {
                    found.add(match(batch, i, score));
                }
            }
        });
        return new Window(found, rows[0] < passages);
    }

    @Override
    public Window meaning(float[] vector, Restriction restriction, int passages) throws IOException {
        Query.Builder query = new Query.Builder()
                .setColumn(Columns.VECTOR)
                .setKey(vector)
                .setK(passages)
                .setDistanceType(DistanceType.L2)
                .setRefineFactor(Math.ceilDiv(COMPARED, passages));
        if (restriction.keys().isPresent()) {
            return best(restriction, passages, part -> {
                List<Match> some = nearest(query.setUseIndex(false), part);
                return new Window(some, some.size() < passages);
            });
        }
        List<Match> found = nearest(query.setNprobes(LISTS), restriction);
        // The lists that were looked through may have too few of a small collection.
        return Window.of(
                found.size() < passages ? nearest(query.setNprobes(Upkeep.LISTS), restriction) : found, passages);
    }

    /** Looks for the best passages, in any order, within a restriction that Lance can take. */
    private interface Look {
        Window at(Restriction part) throws IOException;
    }

    /** The best of all parts of a restriction, each with no more keys than a condition may have. */
    private static Window best(Restriction restriction, int passages, Look look) throws IOException {
        List<Match> found = new ArrayList<>();
        boolean complete = true;
        for (Restriction part : parts(restriction)) {
            Window some = look.at(part);
            complete &= some.complete();
            found.addAll(some.matches());
        }
        found.sort(Comparator.comparingDouble(Match::score).reversed().thenComparing(Match::key));
        List<Match> first = found.subList(0, Math.min(found.size(), passages));
        return new Window(Window.of(first, passages).matches(), complete);
    }

    /** None where there are no keys. */
    private static List<Restriction> parts(Restriction restriction) {
        if (restriction.keys().isEmpty()) {
            return List.of(restriction);
        }
        List<String> keys = restriction.keys().get();
        List<Restriction> parts = new ArrayList<>();
        for (int from = 0; from < keys.size(); from += KEYS_A_SCAN) {
            parts.add(Restriction.toKeys(keys.subList(from, Math.min(keys.size(), from + KEYS_A_SCAN))));
        }
        return parts;
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
