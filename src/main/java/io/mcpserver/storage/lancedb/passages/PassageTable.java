package io.mcpserver.storage.lancedb.passages;

import io.mcpserver.storage.lancedb.dataset.FirstPlane;
import io.mcpserver.storage.lancedb.dataset.KeySketch;
import io.mcpserver.storage.lancedb.dataset.Lance;
import io.mcpserver.storage.lancedb.dataset.Sql;
import io.mcpserver.storage.lancedb.dataset.Versions;
import io.mcpserver.storage.search.IndexedDocument;
import io.mcpserver.storage.search.SearchIndexFactory.Contents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.lance.Dataset;
import org.lance.Session;
import org.lance.WriteParams;
import org.lance.cleanup.CleanupPolicy;
import org.lance.ipc.ScanOptions;

/** The passages on disk: the one handle that writes them. One thread at a time. */
final class PassageTable implements AutoCloseable {

    /** The format of the files that Lance writes. */
    private static final String FORMAT = "2.1";

    private static final int BATCH_ROWS = 8_192;

    /** Ten thousand in one condition take 160 MB. */
    private static final int KEYS_A_DELETION = 1_000;

    private final Path path;
    private final Contents contents;
    private final Versions versions;
    private final Session caches;
    private Dataset dataset;

    /** The keys of all rows, so that a document that is new need not be looked for. */
    private KeySketch keys;

    /** How many rows the sketch was made for. */
    private long room;

    private PassageTable(Path path, Contents contents, Session caches, Dataset dataset) throws IOException {
        this.path = path;
        this.contents = contents;
        this.versions = new Versions(path);
        this.caches = caches;
        this.dataset = dataset;
        readKeys();
    }

    static PassageTable create(Path path, Contents contents) throws IOException {
        try (Dataset created = Dataset.write()
                .allocator(Lance.shared().allocator())
                .schema(Columns.schema(contents.dimension()))
                .uri(path.toString())
                .dataStorageVersion(FORMAT)
                .execute()) {
            return open(path, contents, created.version());
        }
    }

    /** Opens a version that is whole, and deletes those after it, of which nobody knows how much is on the disk. */
    static PassageTable open(Path path, Contents contents, long version) throws IOException {
        forgetAfter(new Versions(path), version);
        Session caches = Lance.shared().lastingSession();
        Dataset dataset = null;
        try {
            dataset = new Versions(path).read(version, caches);
            return new PassageTable(path, contents, caches, dataset);
        } catch (IOException | RuntimeException e) {
            if (dataset != null) {
                dataset.close();
            }
            caches.close();
            throw e;
        }
    }

    private static void forgetAfter(Versions versions, long version) throws IOException {
        for (Path later : versions.after(version)) {
            Files.delete(later);
        }
        versions.dropHint();
    }

    /** Goes back to a version, after something failed that came later. */
    void stepBack(long version) throws IOException {
        forgetAfter(versions, version);
        reopen(version);
    }

    Dataset dataset() {
        return dataset;
    }

    long version() {
        return dataset.version();
    }

    /** All files of this version. */
    List<Path> files() throws IOException {
        return versions.files(dataset);
    }

    /** This version, for readers. */
    PassageVersion snapshot() {
        // A handle of its own: a write holds up those who begin to read with the same one.
        return new PassageVersion(dataset.checkoutVersion(dataset.version()));
    }

    /**
     * Replaces all passages of some documents.
     *
     * @param changed keys of the documents, and of those that are no more
     */
    void replace(Collection<String> changed, Collection<IndexedDocument> documents) throws IOException {
        List<String> there =
                changed.stream().map(FirstPlane::write).filter(keys::mayHave).toList();
        for (int from = 0; from < there.size(); from += KEYS_A_DELETION) {
            List<String> some = there.subList(from, Math.min(there.size(), from + KEYS_A_DELETION));
            dataset.delete(Sql.in(Columns.KEY, some));
        }
        if (!documents.isEmpty()) {
            append(documents);
            documents.forEach(document -> keys.add(FirstPlane.write(document.key())));
        }
    }

    private void append(Collection<IndexedDocument> documents) throws IOException {
        if (!Files.exists(versions.manifest(dataset.version()))) {
            // Lance would begin a new dataset, without what was there.
            throw new IOException("The passages in " + path + " are gone");
        }
        BufferAllocator allocator = Lance.shared().allocator();
        try (PassageStream reader = new PassageStream(allocator, contents, documents);
                ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
            Data.exportArrayStream(allocator, reader, stream);
            try (Dataset written = Dataset.write().allocator(allocator).stream(stream)
                    .uri(path.toString())
                    .mode(WriteParams.WriteMode.APPEND)
                    .execute()) {
                reopen(written.version());
            }
        }
    }

    /** What Lance wrote has caches of its own, without limits; a dataset that is opened has those of the process. */
    private void reopen(long version) {
        Dataset before = dataset;
        dataset = versions.read(version, caches);
        before.close();
    }

    /** The number of files that have rows. */
    int fragments() {
        return dataset.getFragments().size();
    }

    /** Puts small files together, and leaves out the rows that are no more. */
    void compact() throws IOException {
        Upkeep.compact(dataset);
        if (dataset.countRows() > room) {
            readKeys();
        }
    }

    private void readKeys() throws IOException {
        room = 2 * dataset.countRows();
        keys = new KeySketch(room);
        ScanOptions.Builder options =
                new ScanOptions.Builder().columns(List.of(Columns.KEY)).batchSize(BATCH_ROWS);
        PassageScan.run(dataset, options, batch -> {
            for (int i = 0; i < batch.getRowCount(); i++) {
                keys.add(PassageScan.text(batch, Columns.KEY, i));
            }
        });
    }

    /** Deletes the files that only versions before one have. */
    void dropVersionsBefore(long version) {
        dataset.checkoutLatest();
        dataset.cleanupWithPolicy(CleanupPolicy.builder()
                .withBeforeVersion(version)
                .withDeleteUnverified(true)
                .build());
    }

    @Override
    public void close() {
        dataset.close();
        caches.close();
    }
}
