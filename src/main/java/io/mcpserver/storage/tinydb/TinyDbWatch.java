package io.mcpserver.storage.tinydb;

import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.thread.Threads;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Looks again and again whether somebody else changed the file, on a thread of its own. */
final class TinyDbWatch implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(TinyDbWatch.class.getName());

    private final TinyDbCheckpoints checkpoints;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private final Duration period;
    private String complaint = "";

    TinyDbWatch(TinyDbCheckpoints checkpoints, Duration period) {
        this.checkpoints = checkpoints;
        this.period = period;
        this.thread = Thread.ofPlatform().name("tinydb-watch").daemon().start(this::run);
    }

    /** Waits for a look that is under way. */
    @Override
    public void close() {
        closed.countDown();
        Threads.join(thread);
    }

    private void run() {
        try {
            while (!closed.await(period.toMillis(), TimeUnit.MILLISECONDS)) {
                if (checkpoints.isStale()) {
                    look();
                }
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "stopped", e);
        }
    }

    private void look() {
        try {
            checkpoints.absorb();
            complaint = "";
        } catch (StoreException e) {
            if (!complaint.equals(e.getMessage())) {
                LOG.log(Level.WARNING, e.getMessage());
                complaint = e.getMessage();
            }
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "A change of the file cannot be taken over", e);
        }
    }
}
