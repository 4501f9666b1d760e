package io.mcpserver.storage.index;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.Change;
import io.mcpserver.storage.ChangeListener;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.StorageFault;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.search.DamagedIndexException;
import io.mcpserver.storage.search.IndexClosedException;
import io.mcpserver.storage.search.IndexFormat;
import io.mcpserver.storage.search.SearchIndex;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;

/**
 * Keeps the index in step with the record, on a thread of its own: opens it or builds it anew,
 * catches up, then follows the changes as they are committed. After a failure it starts over.
 */
final class Indexer implements ChangeListener, AutoCloseable {

    private static final Logger LOG = System.getLogger(Indexer.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(25);
    /** A search index that is behind at the end catches up at the next start, so nobody waits long for it. */
    private static final Duration PATIENCE_AT_THE_END = Duration.ofSeconds(1);

    private static final long RETRY_SECONDS = 10;
    private static final int READ = 256;
    private static final int ATTEMPTS = 3;

    private final IndexDirectory directory;
    private final Backlog backlog = new Backlog();
    private final Progress progress = new Progress();
    private final Committer committer = new Committer(this::reopen);
    private final Thread thread = Thread.ofPlatform().daemon().name("mcp-index").unstarted(this::run);
    private volatile SearchIndex index;

    /** Whether the index is to be thrown away before it is used again. */
    private volatile boolean distrusted;

    private DocumentStore record;
    private ChangeWriter changes;

    Indexer(IndexDirectory directory) {
        this.directory = directory;
    }

    /** Begins to read a store; until then changes are passed over. */
    void start(DocumentStore record, ChangeWriter changes) {
        this.record = record;
        this.changes = changes;
        progress.committed(record.sequence());
        thread.start();
    }

    @Override
    public void committed(List<Change> committed) {
        if (!committed.isEmpty()) {
            progress.committed(committed.getLast().sequence());
            backlog.add(committed);
        }
    }

    /** Reads the index once it holds everything that is committed now. */
    <T> T read(SearchIndex.Reading<T> reading) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            awaitAll(PATIENCE);
            SearchIndex current = index;
            try {
                if (current != null) {
                    return current.read(reading);
                }
            } catch (DamagedIndexException e) {
                LOG.log(Level.WARNING, "The search index is damaged.", e);
                rebuild();
            } catch (IndexClosedException e) {
                LOG.log(Level.DEBUG, "The search index was closed during a search.", e);
                reopen(current);
            }
            if (attempt == ATTEMPTS || backlog.isClosed()) {
                throw new StoreException(
                        ErrorCode.STORE_UNAVAILABLE,
                        "The search index is being opened anew; search again in a moment.");
            }
        }
    }

    /** A write that failed closes an index; whoever finds it so before it is written again has it opened anew. */
    private void reopen(SearchIndex closed) {
        if (index == closed) {
            reopen();
        }
    }

    private void reopen() {
        progress.left();
        backlog.restart();
    }

    /** Waits for all that is committed now; a failure that was before this call is tried again at once. */
    private void awaitAll(Duration patience) throws InterruptedException {
        long failuresBefore = progress.failures();
        backlog.wake();
        progress.await(failuresBefore, patience);
    }

    /** Adds vectors to documents that the index has in the same version; says to how many. */
    int embedded(List<ChangeWriter.Embedded> documents) throws IOException, InterruptedException {
        SearchIndex current = index;
        return current == null ? 0 : changes.addVectors(current, documents);
    }

    /** Marks the index as not to be trusted, so that it is thrown away even if the program ends now. */
    void distrust() throws IOException {
        directory.distrust();
    }

    /** Throws the index away and builds it anew; searches that come later wait for that. */
    void rebuild() {
        distrusted = true;
        try {
            directory.distrust();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "The mark is made before the index is opened the next time.", e);
        }
        progress.left();
        backlog.restart();
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
                leave();
            } catch (InterruptedException e) {
                return;
            } catch (IOException | RuntimeException e) {
                recover(e);
            }
        }
    }

    private long open() throws IOException {
        backlog.resume();
        if (distrusted) {
            directory.distrust();
            distrusted = false;
        }
        IndexFormat found = directory.prepare(record.sequence());
        index = directory.open();
        committer.start(index, found.sequence());
        progress.opened(found.sequence());
        return found.sequence();
    }

    /** Reads the record to its end; false if something came in between. */
    private boolean catchUp(long from) throws IOException {
        CatchUpLog log = new CatchUpLog(from, progress.state().written());
        long applied = from;
        List<Change> batch;
        do {
            backlog.abandon();
            backlog.follow();
            batch = record.changes(applied, READ);
            if (!batch.isEmpty()) {
                changes.write(index, batch);
                applied = batch.getLast().sequence();
                done(applied);
                log.read(applied);
            }
        } while (batch.size() == READ && !backlog.isInterrupted());
        if (batch.size() == READ) {
            return false;
        }
        log.done();
        return true;
    }

    private void follow() throws IOException, InterruptedException {
        for (List<Change> batch = backlog.next(); !batch.isEmpty(); batch = backlog.next()) {
            long applied = committer.applied();
            List<Change> news =
                    batch.stream().filter(change -> change.sequence() > applied).toList();
            if (!news.isEmpty()) {
                changes.write(index, news);
                done(news.getLast().sequence());
            }
        }
    }

    private void done(long sequence) {
        committer.applied(sequence);
        progress.applied(sequence);
    }

    /** Closes the index, committed if the store is closing, as it is if it shall be opened anew. */
    private void leave() {
        backlog.abandon();
        if (backlog.isClosed()) {
            committer.finish();
        }
        committer.stop();
        closeIndex();
    }

    private void recover(Exception reason) {
        leave();
        if (backlog.isClosed()) {
            LOG.log(Level.DEBUG, "The search index was closed before it had read everything.", reason);
            return;
        }
        Exception root = root(reason);
        String why = root instanceof StoreException ? root.getMessage() : root.toString();
        String sentence = "The search index cannot be written (" + why
                + "). What is saved can be loaded and queried; search works again when this is mended.";
        LOG.log(progress.isClosed() ? Level.DEBUG : Level.WARNING, sentence);
        LOG.log(Level.DEBUG, "The search index starts over from its last commit.", reason);
        progress.failed(new StoreException(StorageFault.code(root), sentence, reason));
        try {
            backlog.pause(RETRY_SECONDS);
        } catch (InterruptedException e) {
            backlog.close();
        }
    }

    private static Exception root(Exception reason) {
        Exception root = reason;
        while (root.getCause() instanceof Exception cause) {
            root = cause;
        }
        return root;
    }

    private void closeIndex() {
        SearchIndex old = index;
        index = null;
        if (old != null) {
            try {
                old.close();
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "closing the search index", e);
            }
        }
    }

    /** Waits a moment for what is committed to be read. */
    void settle() {
        try {
            if (thread.isAlive()) {
                awaitAll(PATIENCE_AT_THE_END);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (StoreException e) {
            LOG.log(Level.DEBUG, "the search index is behind; it will catch up at the next start", e);
        }
    }

    /** Whoever waits for the index is told that the store is closed. */
    void dismiss() {
        progress.close();
    }

    /** Commits what has been read. */
    @Override
    public void close() {
        backlog.close();
        progress.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        committer.close();
    }
}
