package io.mcpserver.storage.index.lucene;

import io.mcpserver.storage.index.text.TextAnalyzer;
import io.mcpserver.storage.search.DamagedIndexException;
import io.mcpserver.storage.search.IndexClosedException;
import io.mcpserver.storage.search.IndexFormat;
import io.mcpserver.storage.search.IndexedDocument;
import io.mcpserver.storage.search.SearchIndex;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene104.Lucene104HnswScalarQuantizedVectorsFormat;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.CorruptIndexException;
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

/** The Lucene index in one directory. */
final class LuceneIndex implements SearchIndex {

    /** Grows when fields, passages or analysis change. */
    static final String VERSION = "1";

    private static final String VERSION_KEY = "version";
    private static final String MODEL_KEY = "model";
    private static final String SEQUENCE_KEY = "sequence";

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

    private LuceneIndex(Directory directory, IndexWriter writer, SearcherManager searchers, String model) {
        this.directory = directory;
        this.writer = writer;
        this.searchers = searchers;
        this.model = model;
    }

    /** What the newest commit in a directory recorded, after its checksums were verified. */
    static IndexFormat verify(Path path) throws IOException {
        try (Directory directory = FSDirectory.open(path)) {
            if (!DirectoryReader.indexExists(directory)) {
                return IndexFormat.MISSING;
            }
            try (DirectoryReader reader = DirectoryReader.open(directory)) {
                for (LeafReaderContext leaf : reader.leaves()) {
                    leaf.reader().checkIntegrity();
                }
                return format(reader.getIndexCommit().getUserData());
            }
        }
    }

    /** A commit without a format has version "". */
    private static IndexFormat format(Map<String, String> commit) {
        return new IndexFormat(
                commit.getOrDefault(VERSION_KEY, ""),
                commit.getOrDefault(MODEL_KEY, ""),
                Long.parseLong(commit.getOrDefault(SEQUENCE_KEY, "0")));
    }

    static LuceneIndex open(Path path, String model) throws IOException {
        Directory directory = SpareRoom.open(path);
        IndexWriter writer = null;
        try {
            writer = new IndexWriter(directory, settings());
            return new LuceneIndex(directory, writer, new SearcherManager(writer, new Searchers()), model);
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

    @Override
    public void put(IndexedDocument document) throws IOException {
        write(() -> writer.updateDocuments(new Term(Fields.KEY, document.key()), Fields.passages(document)));
        written.incrementAndGet();
    }

    @Override
    public void remove(Collection<String> keys) throws IOException {
        Term[] terms = keys.stream().map(key -> new Term(Fields.KEY, key)).toArray(Term[]::new);
        write(() -> writer.deleteDocuments(terms));
        written.incrementAndGet();
    }

    @Override
    public boolean isChanged() {
        return writer.hasUncommittedChanges();
    }

    @Override
    public void commit(long sequence) throws IOException {
        Map<String, String> format =
                Map.of(VERSION_KEY, VERSION, MODEL_KEY, model, SEQUENCE_KEY, Long.toString(sequence));
        write(() -> {
            writer.setLiveCommitData(format.entrySet());
            writer.commit();
        });
    }

    private static void write(Writing writing) throws IOException {
        try {
            writing.write();
        } catch (AlreadyClosedException e) {
            throw closed(e);
        }
    }

    private static IndexClosedException closed(Exception cause) {
        return new IndexClosedException("the search index is closed", cause);
    }

    @Override
    public <T> T read(Reading<T> reading) throws IOException, InterruptedException {
        try {
            if (refreshed < written.get()) {
                refresh();
            }
            IndexSearcher searcher = searchers.acquire();
            try {
                return reading.read(new LuceneView(searcher));
            } finally {
                searchers.release(searcher);
            }
        } catch (ThreadInterruptedException e) {
            // While Lucene waited for one of the other threads that search.
            throw new InterruptedException(e.getMessage());
        } catch (AlreadyClosedException e) {
            throw closed(e);
        } catch (CorruptIndexException | EOFException e) {
            throw new DamagedIndexException(e.getMessage(), e);
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

    /** A change of the index. */
    @FunctionalInterface
    private interface Writing {
        void write() throws IOException;
    }

    @Override
    public void close() throws IOException {
        refresher.shutdown();
        try (directory) {
            searchers.close();
            write(writer::rollback);
        }
    }
}
