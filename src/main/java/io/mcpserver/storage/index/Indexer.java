package io.mcpserver.storage.index;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.Change;
import io.mcpserver.storage.ChangeListener;
import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.Passages;
import io.mcpserver.storage.StoreException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.store.AlreadyClosedException;

/**
 * Keeps the index in step with the record, on a thread of its own: opens it or builds it anew,
 * catches up, then follows the changes as they are committed. After a failure it starts over.
 */
final class Indexer implements ChangeListener, AutoCloseable {

    private static final Logger LOG = System.getLogger(Indexer.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(25);
    private static final long RETRY_SECONDS = 10;
    private static final int READ = 256;

    private final IndexDirectory directory;
    private final Backlog backlog = new Backlog();
    private final Progress progress = new Progress(PATIENCE);
    private final Thread thread;
    private final Committer committer = new Committer();
    private volatile SearchIndex index;
    private DocumentStore record;

    Indexer(Path path, String model) {
        this.directory = new IndexDirectory(path, model);
        this.thread = Thread.ofPlatform().daemon().name("mcp-index").unstarted(this::run);
    }

    /** Begins to read a store; until then changes are passed over. */
    void start(DocumentStore record) {
        this.record = record;
        progress.committed(record.sequence());
        thread.start();
    }

    @Override
    public void committed(List<Change> changes) {
        if (!changes.isEmpty()) {
            progress.committed(changes.getLast().sequence());
            backlog.add(changes);
        }
    }

    /** Reads the index once it holds everything that is committed now. */
    <T> T read(SearchIndex.Reading<T> reading) throws IOException, InterruptedException {
        backlog.wake();
        progress.await();
        SearchIndex current = index;
        if (current == null) {
            throw new StoreException(ErrorCode.STORE_UNAVAILABLE, "The search index is being reopened; search again.");
        }
        return current.read(reading);
    }

    IndexState state() {
        return progress.state();
    }

    private void run() {
        while (!backlog.isClosed()) {
            try {
                if (catchUp(open())) {
                    follow();
                }
            } catch (InterruptedException e) {
                return;
            } catch (IOException | RuntimeException e) {
                if (!backlog.isClosed()) {
                    recover(e);
                }
            }
        }
    }

    private long open() throws IOException {
        IndexFormat found = directory.prepare(record.sequence());
        index = directory.open();
        committer.start(index, found.sequence());
        return found.sequence();
    }

    /** Reads the record to its end; false if it was closed before. */
    private boolean catchUp(long from) throws IOException {
        CatchUpLog log = new CatchUpLog(from, progress.newest());
        long applied = from;
        List<Change> batch;
        do {
            backlog.abandon();
            backlog.follow();
            batch = record.changes(applied, READ);
            if (!batch.isEmpty()) {
                apply(batch);
                applied = batch.getLast().sequence();
                committer.applied(applied);
                log.read(applied);
            }
        } while (batch.size() == READ && !backlog.isClosed());
        if (batch.size() == READ) {
            return false;
        }
        log.done();
        done(applied);
        return true;
    }

    private void follow() throws IOException, InterruptedException {
        for (List<Change> batch = backlog.next(); !batch.isEmpty(); batch = backlog.next()) {
            long applied = progress.state().read();
            List<Change> news =
                    batch.stream().filter(change -> change.sequence() > applied).toList();
            if (!news.isEmpty()) {
                apply(news);
                done(news.getLast().sequence());
            }
        }
    }

    private void done(long sequence) {
        committer.applied(sequence);
        progress.applied(sequence);
    }

    private void apply(List<Change> changes) throws IOException {
        Map<String, Change> newest = new LinkedHashMap<>();
        Map<String, CollectionSettings> settings = new HashMap<>();
        changes.forEach(change -> newest.put(Fields.key(change.collection(), change.id()), change));
        List<String> removed = new ArrayList<>();
        for (Map.Entry<String, Change> entry : newest.entrySet()) {
            Change change = entry.getValue();
            if (change.document().isEmpty()) {
                removed.add(entry.getKey());
            } else {
                put(entry.getKey(), change, settings.computeIfAbsent(change.collection(), record::settings));
            }
        }
        if (!removed.isEmpty()) {
            index.remove(removed);
        }
    }

    private void put(String key, Change change, CollectionSettings settings) throws IOException {
        List<String> texts =
                Passages.of(settings, change.document().orElseThrow().content()).texts();
        index.put(
                key,
                Fields.passages(change.collection(), change.document().orElseThrow(), texts, List.of(), false));
    }

    private void recover(Exception reason) {
        LOG.log(Level.WARNING, "The search index cannot be written; it starts over from its last commit.", reason);
        backlog.abandon();
        committer.stop();
        closeIndex();
        ErrorCode code = DiskSpace.isFull(reason) ? ErrorCode.DISK_FULL : ErrorCode.STORE_UNAVAILABLE;
        progress.failed(new StoreException(
                code,
                "The search index cannot be written (" + DiskSpace.describe(reason)
                        + "). Documents are saved and can be loaded and queried; search works again when this is mended.",
                reason));
        try {
            backlog.pause(RETRY_SECONDS);
        } catch (InterruptedException e) {
            backlog.close();
        }
    }

    private void closeIndex() {
        SearchIndex old = index;
        index = null;
        if (old != null) {
            try {
                old.close();
            } catch (IOException | AlreadyClosedException e) {
                LOG.log(Level.DEBUG, "closing the search index", e);
            }
        }
    }

    /** Waits a moment for what is committed to be read. */
    void settle() {
        try {
            progress.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (StoreException e) {
            LOG.log(Level.DEBUG, "the search index is behind; it will catch up at the next start", e);
        }
    }

    /** Commits what has been read; the store must be closed before, so that nothing more comes. */
    @Override
    public void close() {
        backlog.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        progress.close();
        committer.finish();
        closeIndex();
    }
}
