package io.mcpserver.storage.journal;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The one thread that writes. It takes what has queued up while it wrote and writes it together, so that many callers pay
 * for one flush of the disk; while the backlog is full it takes nothing, so that callers may still withdraw.
 */
final class WriteQueue implements AutoCloseable {

    private static final int GROUP_WRITES = 512;
    private static final long GROUP_BYTES = 8_000_000;

    private final GroupWriter writer;
    private final Applier applier;
    private final BlockingQueue<WriteTicket<?>> queue = new LinkedBlockingQueue<>();
    private final Thread thread;
    private final Object closing = new Object();
    private boolean closed;

    WriteQueue(String name, GroupWriter writer, Applier applier) {
        this.writer = writer;
        this.applier = applier;
        this.thread = Thread.ofPlatform().name(name + "-writer").daemon().start(this::run);
    }

    /** Waits until the write is durable and the listener has heard of it. */
    <T> T submit(JournalWrite<T> write) {
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
        if (!write.urgent()) {
            return ticket.await();
        }
        applier.urgent(1);
        try {
            return ticket.await();
        } finally {
            applier.urgent(-1);
        }
    }

    /** Refuses new writes, makes the queued ones durable, ends the thread. */
    @Override
    public void close() {
        synchronized (closing) {
            if (!closed) {
                closed = true;
                WriteTicket<Void> wake = new WriteTicket<>(decision -> null);
                wake.take();
                queue.add(wake);
            }
        }
        Threads.join(thread);
    }

    private void run() {
        WriteTicket<?> held = null;
        while (held != null || !drained()) {
            List<WriteTicket<?>> group = new ArrayList<>();
            held = fill(group, held);
            if (!group.isEmpty()) {
                writer.write(group);
            }
        }
    }

    /** Returns a ticket that must wait for the next group, or null. */
    private WriteTicket<?> fill(List<WriteTicket<?>> group, WriteTicket<?> first) {
        long bytes = 0;
        WriteTicket<?> next = first == null ? take() : first;
        applier.awaitRoom();
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

    private WriteTicket<?> take() {
        try {
            return queue.take();
        } catch (InterruptedException e) {
            return null;
        }
    }

    private boolean drained() {
        synchronized (closing) {
            return closed && queue.isEmpty();
        }
    }
}
