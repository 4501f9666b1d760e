package io.mcpserver.data.desk;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.StoreException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Snapshots that commands are reading, few at a time; one whose command went away is closed after a while. */
final class OpenSnapshots implements AutoCloseable {

    static final int MOST = 4;

    /** One snapshot, used by one caller at a time. */
    private static final class Reading {
        private final SnapshotLines lines;
        private final ReentrantLock lock = new ReentrantLock();
        private volatile long used = System.nanoTime();

        Reading(SnapshotLines lines) {
            this.lines = lines;
        }
    }

    private final Duration idle;
    private final Map<String, Reading> open = new ConcurrentHashMap<>();

    OpenSnapshots(Duration idle) {
        this.idle = idle;
    }

    /** Keeps a snapshot, and closes it if it is one too many. */
    String add(SnapshotLines lines) {
        String id = UUID.randomUUID().toString();
        synchronized (open) {
            if (open.size() >= MOST) {
                lines.close();
                throw new StoreException(
                        ErrorCode.RATE_LIMITED,
                        MOST + " commands read the whole store already; try again when one of them is done.");
            }
            open.put(id, new Reading(lines));
        }
        watch(id);
        return id;
    }

    /** The next lines of a snapshot; empty at its end. */
    String page(String id) {
        Reading reading = open.get(id);
        if (reading == null) {
            throw gone();
        }
        reading.lock.lock();
        try {
            if (!open.containsKey(id)) {
                throw gone();
            }
            return reading.lines.next();
        } finally {
            reading.used = System.nanoTime();
            reading.lock.unlock();
        }
    }

    /** Closes a snapshot; does nothing where there is none of this id. */
    String end(String id) {
        Reading reading = open.remove(id);
        if (reading != null) {
            close(reading);
        }
        return "{}";
    }

    int size() {
        return open.size();
    }

    @Override
    public void close() {
        open.keySet().forEach(this::end);
    }

    private void watch(String id) {
        CompletableFuture.delayedExecutor(idle.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> {
                    Reading reading = open.get(id);
                    if (reading == null) {
                        return;
                    }
                    if (!reading.lock.isLocked() && System.nanoTime() - reading.used >= idle.toNanos()) {
                        end(id);
                    } else {
                        watch(id);
                    }
                });
    }

    private static void close(Reading reading) {
        reading.lock.lock();
        try {
            reading.lines.close();
        } finally {
            reading.lock.unlock();
        }
    }

    private static StoreException gone() {
        return new StoreException(
                ErrorCode.NOT_FOUND, "What the server kept for this command is gone, because nobody asked for long.");
    }
}
