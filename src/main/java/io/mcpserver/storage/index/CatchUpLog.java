package io.mcpserver.storage.index;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/** Tells the log how a long catch-up goes on. */
final class CatchUpLog {

    private static final Logger LOG = System.getLogger(CatchUpLog.class.getName());
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final long from;
    private final long target;
    private final long started = System.nanoTime();
    private long next = started + EVERY.toNanos();
    private long at;

    CatchUpLog(long from, long target) {
        this.from = from;
        this.target = target;
        this.at = from;
        if (from < target) {
            LOG.log(Level.INFO, "The search index has read {0} of {1} changes; catching up.", text(from), text(target));
        }
    }

    void read(long sequence) {
        at = sequence;
        if (System.nanoTime() > next) {
            next = System.nanoTime() + EVERY.toNanos();
            LOG.log(Level.INFO, "The search index has read {0} of {1} changes.", text(at), text(target));
        }
    }

    void done() {
        if (from < target) {
            long millis = Duration.ofNanos(System.nanoTime() - started).toMillis();
            LOG.log(Level.INFO, "The search index has read {0} changes in {1} ms.", text(at), text(millis));
        }
    }

    private static String text(long number) {
        return Long.toString(number);
    }
}
