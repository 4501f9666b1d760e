package io.mcpserver.storage.lancedb;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.StorageFault;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.lancedb.dataset.FileSync;
import io.mcpserver.storage.lancedb.dataset.Lance;
import io.mcpserver.storage.lancedb.dataset.Versions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.vector.types.pojo.Schema;
import org.lance.Dataset;
import org.lance.cleanup.CleanupPolicy;
import org.lance.compaction.CompactionOptions;
import org.lance.index.IndexOptions;
import org.lance.index.IndexParams;
import org.lance.index.IndexType;
import org.lance.index.OptimizeOptions;
import org.lance.index.scalar.ScalarIndexParams;
import org.lance.merge.MergeInsertParams;
import org.lance.merge.MergeInsertParams.WhenNotMatched;

/**
 * The dataset on disk: the one handle that writes it, and snapshots for readers. One thread at a time.
 *
 * <p>No row has the key of another: whoever writes gives each key once, and a row that is there is replaced.
 */
final class Table implements AutoCloseable {

    /** The format of the files that Lance writes. */
    private static final String FORMAT = "2.1";

    private static final String KEY_INDEX = "key_index";

    /** Rows of one file; a file with fewer is written again with those that are added to it. */
    private static final long FRAGMENT_ROWS = 20_000;

    private final Path path;
    private final Versions versions;
    private final FileSync sync;
    private final Places places = new Places();
    private Dataset dataset;
    private List<Path> broken = List.of();

    /** The newest version of which all files were flushed. */
    private long durable;

    private Table(Path path, FileSync sync) {
        this.path = path;
        this.versions = new Versions(path);
        this.sync = sync;
    }

    /** Opens the dataset, creating it where there is none. */
    static Table open(Path path) {
        return open(path, Columns.SCHEMA, FileSync::force);
    }

    /** @param schema of a dataset that is created */
    static Table open(Path path, Schema schema, FileSync.Flush flush) {
        Table table = new Table(path, new FileSync(path, flush));
        try {
            if (table.versions.exist()) {
                table.versions.dropHint();
                table.open();
            } else {
                Files.createDirectories(path);
                table.dataset = create(path, schema);
            }
            // Also of what was there: a process that was killed may have left what it could not flush any more.
            table.flush();
            return table;
        } catch (IOException | RuntimeException e) {
            throw e instanceof StoreException coded
                    ? coded
                    : StorageFault.of("The documents in " + path + " cannot be opened", e);
        }
    }

    private static Dataset create(Path path, Schema schema) {
        return Dataset.write()
                .allocator(Lance.shared().allocator())
                .session(Lance.shared().session())
                .schema(schema)
                .uri(path.toString())
                .dataStorageVersion(FORMAT)
                .execute();
    }

    private void open() {
        // It may be another version than the one before, with other rows in fragments of the same numbers.
        places.forget();
        Versions.Opened opened = versions.open();
        dataset = opened.dataset();
        try {
            requireKnownFormat(format(dataset), path);
        } catch (StoreException e) {
            dataset.close();
            throw e;
        }
        broken = opened.broken();
        durable = dataset.version();
    }

    /** @throws StoreException if it was written by a version of this program that keeps documents in another way */
    static void requireKnownFormat(String format, Path path) {
        if (!format.equals(Integer.toString(Columns.FORMAT))) {
            throw new StoreException(
                    ErrorCode.STORE_UNAVAILABLE,
                    "The documents in " + path + " were written by another version of this program (format " + format
                            + ", this one knows " + Columns.FORMAT + "): start that version.");
        }
    }

    /** The form in which a version keeps documents. */
    static String format(Dataset dataset) {
        return dataset.getSchema().getCustomMetadata().getOrDefault(Columns.FORMAT_KEY, "none");
    }

    Path path() {
        return path;
    }

    /** The file that says which files the newest version has. */
    Path manifest() {
        return versions.manifest(dataset.version());
    }

    /** The number of files that have rows. */
    int fragments() {
        return dataset.getFragments().size();
    }

    /** The newest version, for readers. */
    Snapshot snapshot() {
        // A handle of its own: a write holds up those who begin to read with the same one.
        Snapshot newest = new Snapshot(dataset.checkoutVersion(dataset.version()), places);
        places.follow(newest);
        return newest;
    }

    /**
     * Replaces or inserts rows, all or none, and makes them durable.
     *
     * @param rows each key once; not empty
     */
    void write(Collection<Row> rows) throws IOException {
        if (!broken.isEmpty()) {
            setAside(broken);
            dataset.close();
            open();
        }
        MergeInsertParams params = new MergeInsertParams(List.of(Columns.KEY))
                .withMatchedUpdateAll()
                .withNotMatched(WhenNotMatched.InsertAll)
                .withConflictRetries(0);
        try (RowStream reader = new RowStream(Lance.shared().allocator(), rows);
                ArrowArrayStream stream =
                        ArrowArrayStream.allocateNew(Lance.shared().allocator())) {
            Data.exportArrayStream(Lance.shared().allocator(), reader, stream);
            Dataset written = dataset.mergeInsert(params, stream).dataset();
            dataset.close();
            dataset = written;
        }
        flush();
    }

    /** Opens the newest version anew, with caches that have nothing of the versions before. */
    void renew() {
        Lance.shared().renewSession();
        Dataset before = dataset;
        open();
        before.close();
    }

    /**
     * Puts small files together and leaves out the rows that are no more; durable.
     *
     * @param batchRows how many rows are held in memory
     */
    void compact(int batchRows) throws IOException {
        dataset.compact(CompactionOptions.builder()
                .withTargetRowsPerFragment(FRAGMENT_ROWS)
                .withNumThreads(1)
                .withBatchSize(batchRows)
                .build());
        flush();
    }

    /** Has the index take in the rows that are new; durable. */
    void index() throws IOException {
        if (dataset.listIndexes().contains(KEY_INDEX)) {
            dataset.optimizeIndices(OptimizeOptions.builder().build());
        } else {
            IndexParams params = IndexParams.builder()
                    .setScalarIndexParams(ScalarIndexParams.create("btree", "{}"))
                    .build();
            dataset.createIndex(IndexOptions.builder(List.of(Columns.KEY), IndexType.BTREE, params)
                    .withIndexName(KEY_INDEX)
                    .build());
        }
        flush();
    }

    /** Deletes the files that only versions before one have. */
    void dropVersionsBefore(long version) {
        dataset.checkoutLatest();
        dataset.cleanupWithPolicy(CleanupPolicy.builder()
                .withBeforeVersion(version)
                .withDeleteUnverified(true)
                .build());
    }

    /**
     * Begins anew with the newest version that is durable, after a write that failed. What could not be flushed once may
     * be flushed the next time without being on the disk, so it is not used.
     */
    void stepBack() {
        dataset.close();
        try {
            setAside(versions.after(durable));
        } catch (IOException e) {
            throw StorageFault.of("The documents in " + path + " cannot be written", e);
        }
        open();
    }

    private void setAside(List<Path> manifests) throws IOException {
        versions.setAside(manifests);
        // The next version has the name of one of them.
        sync.forget(manifests);
    }

    private void flush() throws IOException {
        sync.flush();
        durable = dataset.version();
    }

    @Override
    public void close() {
        dataset.close();
    }
}
