package io.mcpserver.storage.index;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpserver.storage.Change;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Changes on their way from the store's writer thread to the index.
 *
 * <p>Bounded: while it is full the writer waits, so that the index never falls far behind. While the
 * index does not follow, nothing is kept; it reads the record instead.
 */
final class Backlog {

    private static final long MOST_CHARACTERS = 2_000_000;
    private static final int BATCH = 512;
    private static final int OVERHEAD = 200;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition drained = lock.newCondition();
    private final Deque<Change> waiting = new ArrayDeque<>();
    private long characters;
    private boolean following;
    private boolean restarting;
    private boolean woken;
    private boolean closed;

    /** Keeps changes, if the index follows; waits while there is no room. */
    void add(List<Change> changes) {
        long more = changes.stream().mapToLong(Backlog::characters).sum();
        lock.lock();
        try {
            while (following && characters > 0 && characters + more > MOST_CHARACTERS) {
                drained.awaitUninterruptibly();
            }
            if (following) {
                waiting.addAll(changes);
                characters += more;
                arrived.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** From now on changes are kept. */
    void follow() {
        lock.lock();
        try {
            following = !closed;
        } finally {
            lock.unlock();
        }
    }

    /** From now on changes are not kept; those that were are dropped. */
    void abandon() {
        lock.lock();
        try {
            following = false;
            waiting.clear();
            characters = 0;
            drained.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The oldest changes; waits for some; empty once it is closed and drained, or to be restarted. */
    List<Change> next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty() && !closed && !restarting) {
                arrived.await();
            }
            if (restarting) {
                return List.of();
            }
            List<Change> batch = new ArrayList<>();
            while (batch.size() < BATCH && !waiting.isEmpty()) {
                Change change = waiting.poll();
                characters -= characters(change);
                batch.add(change);
            }
            drained.signalAll();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until it is closed or woken, at most for a while. */
    void pause(long seconds) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (!closed && !woken) {
                arrived.await(seconds, TimeUnit.SECONDS);
            }
            woken = false;
        } finally {
            lock.unlock();
        }
    }

    /** Ends a {@link #pause}, or the next one. */
    void wake() {
        lock.lock();
        try {
            woken = true;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The index is to leave off and to start over. */
    void restart() {
        lock.lock();
        try {
            restarting = true;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The index starts over. */
    void resume() {
        lock.lock();
        try {
            restarting = false;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the index is to leave off, for good or to start over. */
    boolean isInterrupted() {
        lock.lock();
        try {
            return closed || restarting;
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more will come. */
    void close() {
        lock.lock();
        try {
            closed = true;
            arrived.signalAll();
            drained.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private static long characters(Change change) {
        return OVERHEAD
                + change.document()
                        .map(document -> characters(document.content()))
                        .orElse(0L);
    }

    private static long characters(JsonNode node) {
        if (node.isTextual()) {
            return node.textValue().length();
        }
        long sum = 8;
        for (JsonNode child : node) {
            sum += characters(child);
        }
        return sum;
    }
}
