package io.mcpserver.storage.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene104.Lucene104HnswScalarQuantizedVectorsFormat;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.ThreadInterruptedException;

/**
 * The Lucene index in one directory: documents in and out, durable only when {@link #commit}ted.
 *
 * <p>Threads: one that writes, one that commits, any number that read.
 */
final class SearchIndex implements AutoCloseable {

    private static final double RAM_BUFFER_MEGABYTES = 24;

    private final Directory directory;
    private final IndexWriter writer;
    private final SearcherManager searchers;
    private final String model;
    private final AtomicLong written = new AtomicLong();
    private volatile long refreshed;
    /** Refreshing writes files, and an interrupt there would end the writer: no caller's thread does it. */
    private final ExecutorService refresher = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("mcp-index-refresh").factory());

    private SearchIndex(Directory directory, IndexWriter writer, SearcherManager searchers, String model) {
        this.directory = directory;
        this.writer = writer;
        this.searchers = searchers;
        this.model = model;
    }

    /** What the newest commit in a directory recorded, after its checksums were verified. */
    static IndexFormat verify(Path path) throws IOException {
        try (Directory directory = FSDirectory.open(path)) {
            if (!DirectoryReader.indexExists(directory)) {
                return IndexFormat.of(Map.of());
            }
            try (DirectoryReader reader = DirectoryReader.open(directory)) {
                for (LeafReaderContext leaf : reader.leaves()) {
                    leaf.reader().checkIntegrity();
                }
                return IndexFormat.of(reader.getIndexCommit().getUserData());
            }
        }
    }

    static SearchIndex open(Path path, String model) throws IOException {
        Directory directory = SpareRoom.open(path);
        IndexWriter writer = null;
        try {
            writer = new IndexWriter(directory, settings());
            return new SearchIndex(directory, writer, new SearcherManager(writer, new Searchers()), model);
        } catch (IOException | RuntimeException e) {
            if (writer != null) {
                writer.rollback();
            }
            directory.close();
            throw e;
        }
    }

    private static IndexWriterConfig settings() {
        ConcurrentMergeScheduler merges = new ConcurrentMergeScheduler();
        merges.setMaxMergesAndThreads(3, 1);
        return new IndexWriterConfig(TextAnalyzer.forDocuments())
                .setRAMBufferSizeMB(RAM_BUFFER_MEGABYTES)
                .setCommitOnClose(false)
                .setMergeScheduler(merges)
                .setMergePolicy(merging(Runtime.getRuntime().maxMemory()))
                .setCodec(new Lucene104Codec() {
                    private final KnnVectorsFormat vectors = new Lucene104HnswScalarQuantizedVectorsFormat();

                    @Override
                    public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
                        return vectors;
                    }
                });
    }

    /**
     * Segments grow no larger than the heap. Whoever merges them holds the graph of their vectors there, about 400 bytes
     * for each two kilobytes on disk, so without a bound the first merge that is too large would end the process, and each
     * start after it.
     */
    static TieredMergePolicy merging(long heap) {
        TieredMergePolicy merging = new TieredMergePolicy();
        merging.setMaxMergedSegmentMB(Math.min(merging.getMaxMergedSegmentMB(), heap / (double) (1 << 20)));
        return merging;
    }

    /** Replaces all passages of one document. */
    void put(String key, List<Document> passages) throws IOException {
        writer.updateDocuments(new Term(Fields.KEY, key), passages);
        written.incrementAndGet();
    }

    void remove(List<String> keys) throws IOException {
        writer.deleteDocuments(
                keys.stream().map(key -> new Term(Fields.KEY, key)).toArray(Term[]::new));
        written.incrementAndGet();
    }

    /** Whether something was written since the last commit. */
    boolean isChanged() {
        return writer.hasUncommittedChanges();
    }

    /** Makes durable what was written; all changes up to the sequence must have been. */
    void commit(long sequence) throws IOException {
        writer.setLiveCommitData(IndexFormat.current(model, sequence).toCommit().entrySet());
        writer.commit();
    }

    /** Reads the index with all that was written before this call. */
    <T> T read(Reading<T> reading) throws IOException, InterruptedException {
        if (refreshed < written.get()) {
            refresh();
        }
        IndexSearcher searcher = searchers.acquire();
        try {
            return reading.read(new IndexView(searcher));
        } catch (ThreadInterruptedException e) {
            // While Lucene waited for one of the other threads that search.
            throw new InterruptedException(e.getMessage());
        } finally {
            searchers.release(searcher);
        }
    }

    private void refresh() throws IOException, InterruptedException {
        try {
            refresher
                    .submit(() -> {
                        long before = written.get();
                        if (refreshed < before) {
                            searchers.maybeRefreshBlocking();
                            refreshed = before;
                        }
                        return null;
                    })
                    .get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case AlreadyClosedException closed -> throw closed;
                case IOException io -> throw io;
                case Throwable other -> throw new IOException(other.getMessage(), other);
            }
        } catch (RejectedExecutionException e) {
            throw new AlreadyClosedException("the index is closed", e);
        }
    }

    private static final class Searchers extends SearcherFactory {

        @Override
        public IndexSearcher newSearcher(IndexReader reader, IndexReader previous) {
            return new IndexSearcher(reader, SearchThreads.shared().orElse(null));
        }
    }

    /** Something that is found out by reading. */
    @FunctionalInterface
    interface Reading<T> {
        T read(IndexView view) throws IOException;
    }

    /** Gives up what is not committed. */
    @Override
    public void close() throws IOException {
        refresher.shutdown();
        try (directory) {
            searchers.close();
            writer.rollback();
        }
    }
}
