package io.mcpserver.storage.index;

import io.mcpserver.storage.search.IndexClosedException;
import io.mcpserver.storage.search.SearchIndex;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Commits the index every few seconds if it has changed, so that a restart has little to catch up. */
final class Committer implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Committer.class.getName());
    private static final long SECONDS = 5;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("mcp-index-commit").factory());
    private final Runnable closed;
    private SearchIndex index;
    private long committed;
    private volatile long applied;
    private boolean scheduled;

    /** @param closed called where a failure has closed the index */
    Committer(Runnable closed) {
        this.closed = closed;
    }

    /** Begins to care for an index that was committed up to a sequence. */
    synchronized void start(SearchIndex index, long committed) {
        this.index = index;
        this.committed = committed;
        this.applied = committed;
        if (!scheduled) {
            scheduled = true;
            timer.scheduleWithFixedDelay(this::commit, SECONDS, SECONDS, TimeUnit.SECONDS);
        }
    }

    void applied(long sequence) {
        applied = sequence;
    }

    /** The newest change in the index. */
    long applied() {
        return applied;
    }

    /** Lets go of the index. */
    synchronized void stop() {
        index = null;
    }

    /** Commits for the last time. */
    void finish() {
        timer.shutdown();
        commit();
    }

    @Override
    public void close() {
        timer.shutdown();
    }

    private synchronized void commit() {
        long sequence = applied;
        try {
            // Vectors that were made later change the index, and not the sequence.
            if (index == null || sequence == committed && !index.isChanged()) {
                return;
            }
            index.commit(sequence);
            committed = sequence;
        } catch (IOException | RuntimeException e) {
            boolean isClosed = e instanceof IndexClosedException;
            LOG.log(
                    isClosed ? Level.DEBUG : Level.WARNING,
                    "The search index was not committed; it will be tried again.",
                    e);
            if (isClosed) {
                closed.run();
            }
        }
    }
}
