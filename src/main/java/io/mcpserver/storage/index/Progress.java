package io.mcpserver.storage.index;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.StoreException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How far the index has read the record, and who waits for it. */
final class Progress {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private long newest;
    private long applied;
    private boolean open;
    private long failures;
    private StoreException failure;
    private boolean closed;

    /** A change was committed to the record. */
    void committed(long sequence) {
        change(() -> newest = Math.max(newest, sequence));
    }

    /** The index was opened; it holds the changes up to a sequence. */
    void opened(long sequence) {
        change(() -> {
            open = true;
            applied = sequence;
        });
    }

    /** All changes up to a sequence are in the index, unless it has been left since it was opened. */
    void applied(long sequence) {
        change(() -> applied = open ? sequence : applied);
    }

    /** The index is about to be opened anew; until then nothing counts as read. */
    void left() {
        change(() -> {
            open = false;
            applied = 0;
        });
    }

    /** The index could not be written; whoever waits is told. */
    void failed(StoreException reason) {
        change(() -> {
            open = false;
            applied = 0;
            failures++;
            failure = reason;
        });
    }

    /** Nobody waits any longer. */
    void close() {
        change(() -> closed = true);
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** How often the index could not be written. */
    long failures() {
        lock.lock();
        try {
            return failures;
        } finally {
            lock.unlock();
        }
    }

    IndexState state() {
        lock.lock();
        try {
            return new IndexState(applied, newest, open && applied >= newest);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the index has read everything that is committed now.
     *
     * @param failuresBefore failures that the caller does not care for
     * @param patience how long to wait before the caller is told to come back
     * @throws StoreException if it cannot be written, or not soon
     */
    void await(long failuresBefore, Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long target = newest;
            long nanos = patience.toNanos();
            while (!open || applied < target) {
                if (closed) {
                    throw new StoreException(ErrorCode.STORE_UNAVAILABLE, "The store is closed.");
                }
                if (failures > failuresBefore) {
                    throw new StoreException(failure.code(), failure.getMessage(), failure);
                }
                if (nanos <= 0) {
                    throw new StoreException(
                            ErrorCode.STORE_UNAVAILABLE,
                            "The search index is still reading the record (%d of %d changes); search again in a minute."
                                    .formatted(applied, target));
                }
                nanos = moved.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    private void change(Runnable what) {
        lock.lock();
        try {
            what.run();
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
