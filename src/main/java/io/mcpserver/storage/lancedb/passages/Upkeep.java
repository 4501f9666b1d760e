package io.mcpserver.storage.lancedb.passages;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.lance.Dataset;
import org.lance.Fragment;
import org.lance.compaction.CompactionOptions;
import org.lance.index.DistanceType;
import org.lance.index.IndexOptions;
import org.lance.index.IndexParams;
import org.lance.index.IndexType;
import org.lance.index.OptimizeOptions;
import org.lance.index.scalar.InvertedIndexParams;
import org.lance.index.scalar.ScalarIndexParams;
import org.lance.index.vector.IvfBuildParams;
import org.lance.index.vector.PQBuildParams;
import org.lance.index.vector.VectorIndexParams;
import org.lance.ipc.ScanOptions;

/** What keeps the passages quick to search: many small files become few, the indexes take in what is new. */
final class Upkeep {

    /** Vectors from which on they have an index; fewer are all compared with the question. */
    static final int VECTORS_FOR_INDEX = 10_000;

    /** Rows up to which the full-text index is made anew with every write, in a few milliseconds. */
    static final int ROWS_FOR_TEXT_AT_ONCE = 1_000;

    /** By how much the vectors grow before the lists of vectors are divided anew. */
    private static final int GROWTH = 4;

    /** Rows of one file; a file with fewer is written again with those that are added to it. */
    private static final long FRAGMENT_ROWS = 50_000;

    /** Rows that are held in memory while files are put together. */
    private static final long BATCH_ROWS = 1_024;

    /** Lists of vectors that are near each other. */
    static final int LISTS = 64;

    /** Vectors for each list that are looked at to divide them; with Lance's own number a small container is too small. */
    private static final int SAMPLES_A_LIST = 64;

    /** Bytes of a vector in the index, of which each stands for eight numbers of 384. */
    private static final int BYTES_A_VECTOR = 48;

    private static final int BITS = 8;
    private static final int SAMPLES_A_CODE = 24;

    private static final String HAS_VECTOR = Columns.VECTOR + " IS NOT NULL";

    private static final String KEYS = "key_index";
    private static final String COLLECTIONS = "collection_index";
    private static final String TEXT = "terms_index";
    private static final String VECTORS = "vector_index";

    private Upkeep() {}

    /** Puts small files together and leaves out the rows that are no more. */
    static void compact(Dataset dataset) {
        dataset.compact(CompactionOptions.builder()
                .withTargetRowsPerFragment(FRAGMENT_ROWS)
                .withNumThreads(1)
                .withBatchSize(BATCH_ROWS)
                .build());
    }

    /**
     * Has all indexes take in what is new.
     *
     * @param trained of how many vectors the lists were divided; 0 if they were not
     * @return the same afterwards
     */
    static long index(Dataset dataset, int dimension, long trained) throws IOException {
        scalar(dataset, Columns.KEY, KEYS, IndexType.BTREE, "btree");
        scalar(dataset, Columns.COLLECTION, COLLECTIONS, IndexType.BITMAP, "bitmap");
        text(dataset);
        if (dimension == 0) {
            return 0;
        }
        long wanted = Math.max(VECTORS_FOR_INDEX, GROWTH * trained);
        if (dataset.countRows() >= wanted) {
            long vectors = dataset.countRows(HAS_VECTOR);
            if (vectors >= wanted) {
                vectors(dataset, dimension);
                return vectors;
            }
        }
        if (trained > 0 && hasNewVectors(dataset)) {
            optimize(dataset, VECTORS);
        }
        return trained;
    }

    /** Whether there are rows that the full-text index does not have. */
    static boolean isBehind(Dataset dataset) {
        return !newFragments(dataset, TEXT).isEmpty();
    }

    /** Lance cannot take in rows of which none has a vector. */
    private static boolean hasNewVectors(Dataset dataset) throws IOException {
        List<Integer> fresh = newFragments(dataset, VECTORS);
        boolean[] found = {false};
        if (!fresh.isEmpty()) {
            ScanOptions.Builder options = new ScanOptions.Builder()
                    .fragmentIds(fresh)
                    .columns(List.of(Columns.PASSAGE))
                    .filter(HAS_VECTOR)
                    .limit(1);
            PassageScan.run(dataset, options, batch -> found[0] |= batch.getRowCount() > 0);
        }
        return found[0];
    }

    private static List<Integer> newFragments(Dataset dataset, String index) {
        Set<Integer> covered = new HashSet<>();
        dataset.getIndexes().stream()
                .filter(each -> each.name().equals(index))
                .forEach(each -> covered.addAll(each.fragments().orElse(List.of())));
        return dataset.getFragments().stream()
                .map(Fragment::getId)
                .filter(id -> !covered.contains(id))
                .toList();
    }

    private static void scalar(Dataset dataset, String column, String name, IndexType type, String kind) {
        if (dataset.listIndexes().contains(name)) {
            optimize(dataset, name);
        } else {
            create(dataset, column, name, type, scalar(ScalarIndexParams.create(kind, "{}")));
        }
    }

    /**
     * Makes the full-text index of all rows. It is never added to: Lance 7.0 ends the process when it merges such an index
     * after documents were replaced.
     */
    static void text(Dataset dataset) {
        ScalarIndexParams params = InvertedIndexParams.builder()
                .baseTokenizer("whitespace")
                // Has to be named, and is not used.
                .language("English")
                .lowerCase(false)
                .stem(false)
                .removeStopWords(false)
                .asciiFolding(false)
                .withPosition(false)
                .build();
        create(dataset, Columns.TERMS, TEXT, IndexType.INVERTED, scalar(params));
    }

    private static void vectors(Dataset dataset, int dimension) {
        IvfBuildParams lists = new IvfBuildParams.Builder()
                .setNumPartitions(LISTS)
                .setSampleRate(SAMPLES_A_LIST)
                .build();
        PQBuildParams codes = new PQBuildParams.Builder()
                .setNumSubVectors(subVectors(dimension))
                .setNumBits(BITS)
                .setSampleRate(SAMPLES_A_CODE)
                .build();
        // Not by the product: then the index finds ever fewer of the documents that are replaced.
        VectorIndexParams params = VectorIndexParams.withIvfPqParams(DistanceType.L2, lists, codes);
        create(
                dataset,
                Columns.VECTOR,
                VECTORS,
                IndexType.IVF_PQ,
                IndexParams.builder().setVectorIndexParams(params).build());
    }

    /** The largest number up to {@link #BYTES_A_VECTOR} that divides a dimension. */
    private static int subVectors(int dimension) {
        int number = BYTES_A_VECTOR;
        while (dimension % number != 0) {
            number--;
        }
        return number;
    }

    private static IndexParams scalar(ScalarIndexParams params) {
        return IndexParams.builder().setScalarIndexParams(params).build();
    }

    private static void create(Dataset dataset, String column, String name, IndexType type, IndexParams params) {
        dataset.createIndex(IndexOptions.builder(List.of(column), type, params)
                .withIndexName(name)
                .replace(true)
                .build());
    }

    private static void optimize(Dataset dataset, String name) {
        dataset.optimizeIndices(
                OptimizeOptions.builder().indexNames(List.of(name)).build());
    }
}
