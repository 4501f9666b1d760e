package io.mcpserver.storage.journal;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.StorageFault;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.thread.Threads;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Brings journaled records into the engine, in batches, on a thread of its own; what fails is tried again. The records that
 * wait are bounded by their bytes.
 */
final class Applier {

    private static final System.Logger LOG = System.getLogger(Applier.class.getName());
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Journal journal;
    private final JournaledEngine engine;
    private final JournalLimits limits;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition applied = lock.newCondition();
    private final Deque<JournalRecord> waiting = new ArrayDeque<>();
    private long bytes;
    private long durable;
    private int hurried;
    private int urgent;
    private boolean closed;
    private StoreException failure;

    /** Whether the last attempt of a closed applier is under way. */
    private boolean lastAttempt;

    Applier(String name, Journal journal, JournaledEngine engine, JournalLimits limits, List<JournalRecord> replayed) {
        this.journal = journal;
        this.engine = engine;
        this.limits = limits;
        this.durable = journal.newest() - replayed.size();
        keep(replayed);
        this.thread = Thread.ofPlatform().name(name + "-applier").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Takes records to be applied; never waits. */
    void add(List<JournalRecord> records) {
        lock.lock();
        try {
            keep(records);
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the backlog has room, or until applying fails. */
    void awaitRoom() {
        lock.lock();
        try {
            while (bytes >= limits.backlog() && failure == null && urgent == 0) {
                applied.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** An urgent write begins or ends to wait; while one does, there is always room. */
    void urgent(int more) {
        lock.lock();
        try {
            urgent += more;
            applied.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Why nothing more can be taken: the backlog is full and applying fails. */
    Optional<StoreException> refusal() {
        lock.lock();
        try {
            return bytes >= limits.backlog() && failure != null && urgent == 0
                    ? Optional.of(new StoreException(
                            failure.code(),
                            "Nothing more can be saved until what was saved before is in its place. "
                                    + failure.getMessage(),
                            failure))
                    : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Bytes of records that are not applied. */
    long waitingBytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until all that was taken before is applied; false if that takes longer than the patience. */
    boolean await(Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        hurried++;
        try {
            arrived.signalAll();
            long target = waiting.isEmpty() ? durable : waiting.getLast().number();
            long nanos = patience.toNanos();
            while (durable < target && nanos > 0) {
                nanos = applied.awaitNanos(nanos);
            }
            return durable >= target;
        } finally {
            hurried--;
            lock.unlock();
        }
    }

    /** Applies what waits, once more if it fails, and ends the thread; what stays is replayed at the next opening. */
    void close() {
        lock.lock();
        try {
            closed = true;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
        Threads.join(thread);
    }

    private void keep(List<JournalRecord> records) {
        waiting.addAll(records);
        bytes += records.stream().mapToLong(JournalRecord::bytes).sum();
    }

    private void run() {
        Duration pause = FIRST_PAUSE;
        try {
            for (List<JournalRecord> batch = next(); !batch.isEmpty(); batch = next()) {
                try {
                    long number = engine.apply(batch);
                    journal.applied(number);
                    done(number);
                    pause = FIRST_PAUSE;
                } catch (RuntimeException | Error e) {
                    if (!failed(e, pause)) {
                        return;
                    }
                    Duration twice = pause.multipliedBy(2);
                    pause = twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
                }
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "stopped", e);
        }
    }

    /** The oldest records; waits for some and a while for more; empty once it is closed and drained. */
    private List<JournalRecord> next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty() && !closed) {
                arrived.await();
            }
            long nanos = engine.linger().toNanos();
            while (nanos > 0 && bytes < limits.batch() && hurried == 0 && !closed && !waiting.isEmpty()) {
                nanos = arrived.awaitNanos(nanos);
            }
            List<JournalRecord> batch = new ArrayList<>();
            long size = 0;
            for (JournalRecord record : waiting) {
                size += record.bytes();
                if (!batch.isEmpty() && size > limits.batch()) {
                    break;
                }
                batch.add(record);
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void done(long number) {
        lock.lock();
        try {
            while (!waiting.isEmpty() && waiting.getFirst().number() <= number) {
                bytes -= waiting.removeFirst().bytes();
            }
            durable = Math.max(durable, number);
            if (failure != null) {
                LOG.log(Level.INFO, "What was saved is in its place again.");
                failure = null;
            }
            applied.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits before the next attempt; false if there is none. */
    private boolean failed(Throwable e, Duration pause) throws InterruptedException {
        lock.lock();
        try {
            StoreException why = e instanceof StoreException coded
                    ? coded
                    : e instanceof Exception exception
                            ? StorageFault.of("What was saved cannot be brought to its place", exception)
                            : new StoreException(ErrorCode.STORE_UNAVAILABLE, "The engine failed: " + e, e);
            if (failure == null || !failure.getMessage().equals(why.getMessage())) {
                LOG.log(Level.WARNING, "{0} It is durable in the journal and is tried again.", why.getMessage());
                LOG.log(Level.DEBUG, "applying", e);
            }
            failure = why;
            applied.signalAll();
            long nanos = pause.toNanos();
            while (nanos > 0 && !closed) {
                nanos = arrived.awaitNanos(nanos);
            }
            boolean again = !closed || !lastAttempt;
            lastAttempt = closed;
            return again;
        } finally {
            lock.unlock();
        }
    }
}
