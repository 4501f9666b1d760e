package io.mcpserver.storage.duckdb;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The one thread that writes. It takes what has queued up while it wrote and commits it together, so
 * that many callers pay for one flush of the disk.
 */
final class WriteQueue implements AutoCloseable {

    private static final int GROUP_WRITES = 512;
    private static final long GROUP_BYTES = 8_000_000;
    private static final long IDLE_SECONDS = 2;

    private final GroupCommit commit;
    private final BlockingQueue<WriteTicket<?>> queue = new LinkedBlockingQueue<>();
    private final Thread thread;
    private final Object closing = new Object();
    private boolean closed;

    WriteQueue(GroupCommit commit) {
        this.commit = commit;
        this.thread = Thread.ofPlatform().name("duckdb-writer").daemon().start(this::run);
    }

    /** Waits until the write is durable and the listener has heard of it. */
    <T> T submit(Write<T> write) {
        if (Thread.currentThread().isInterrupted()) {
            throw WriteTicket.givenUp();
        }
        WriteTicket<T> ticket = new WriteTicket<>(write);
        synchronized (closing) {
            if (closed) {
                throw new StoreException(ErrorCode.STORE_UNAVAILABLE, "The store is closed.");
            }
            queue.add(ticket);
        }
        return ticket.await();
    }

    /** Refuses new writes, makes the queued ones durable, ends the thread. */
    @Override
    public void close() {
        synchronized (closing) {
            if (!closed) {
                closed = true;
                WriteTicket<Void> wake = new WriteTicket<>(transaction -> null);
                wake.take();
                queue.add(wake);
            }
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        WriteTicket<?> held = null;
        while (held != null || !drained()) {
            List<WriteTicket<?>> group = new ArrayList<>();
            held = fill(group, held);
            if (!group.isEmpty()) {
                commit.run(group);
            }
        }
    }

    /** Returns a ticket that must wait for the next group, or null. */
    private WriteTicket<?> fill(List<WriteTicket<?>> group, WriteTicket<?> first) {
        long bytes = 0;
        WriteTicket<?> next = first == null ? poll() : first;
        while (next != null) {
            // A ticket that was held back has been taken already.
            boolean ours = next == first || next.take();
            if (ours) {
                bytes += next.write().bytes();
                boolean fits = !next.write().alone() && group.size() < GROUP_WRITES && bytes <= GROUP_BYTES;
                if (!group.isEmpty() && !fits) {
                    return next;
                }
                group.add(next);
                if (next.write().alone()) {
                    return null;
                }
            }
            next = queue.poll();
        }
        return null;
    }

    private WriteTicket<?> poll() {
        try {
            WriteTicket<?> next = queue.poll(IDLE_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                commit.rest();
                next = queue.take();
            }
            return next;
        } catch (InterruptedException e) {
            return null;
        }
    }

    private boolean closed() {
        synchronized (closing) {
            return closed;
        }
    }

    private boolean drained() {
        return closed() && queue.isEmpty();
    }
}
