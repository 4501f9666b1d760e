package io.mcpserver.storage.thread;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The one thread that writes. It takes what has queued up while it wrote and has it written together, so that many callers
 * pay for one flush of the disk.
 *
 * <p>Threads: safe for any number of callers. Closing: idempotent.
 *
 * @param <K> the engine's kind of ticket
 */
public final class WriteQueue<K extends WriteTicket<?>> implements AutoCloseable {

    private static final int GROUP_WRITES = 512;
    private static final long GROUP_BYTES = 8_000_000;
    private static final long IDLE_SECONDS = 2;

    private final GroupWriter<K> writer;

    /** The tickets in order; an empty one only wakes the writer. */
    private final BlockingQueue<Optional<K>> queue = new LinkedBlockingQueue<>();

    private final Thread thread;
    private final Object closing = new Object();
    private boolean closed;

    /** @param engine names the thread */
    public WriteQueue(String engine, GroupWriter<K> writer) {
        this.writer = writer;
        this.thread = Thread.ofPlatform().name(engine + "-writer").daemon().start(this::run);
    }

    /**
     * Queues a write, whose caller then {@linkplain WriteTicket#await awaits} it. Begins nothing for a caller that is
     * interrupted already.
     *
     * @throws StoreException {@code TIMEOUT} for such a caller; {@code STORE_UNAVAILABLE} if this is closed
     */
    public void add(K ticket) {
        if (Thread.currentThread().isInterrupted()) {
            throw WriteTicket.givenUp();
        }
        synchronized (closing) {
            if (closed) {
                throw new StoreException(ErrorCode.STORE_UNAVAILABLE, "The store is closed.");
            }
            queue.add(Optional.of(ticket));
        }
    }

    /** Refuses new writes, makes the queued ones durable, ends the thread. */
    @Override
    public void close() {
        synchronized (closing) {
            if (!closed) {
                closed = true;
                queue.add(Optional.empty());
            }
        }
        Threads.join(thread);
    }

    private void run() {
        Optional<K> held = Optional.empty();
        while (held.isPresent() || !drained()) {
            List<K> group = new ArrayList<>();
            held = fill(group, held);
            if (!group.isEmpty()) {
                writer.write(group);
            }
        }
    }

    /** Returns a ticket that must wait for the next group. */
    private Optional<K> fill(List<K> group, Optional<K> held) {
        Optional<K> next = held.or(this::first);
        writer.awaitRoom();
        boolean taken = held.isPresent();
        long bytes = 0;
        for (; next != null; next = queue.poll()) {
            if (taken || next.filter(WriteTicket::take).isPresent()) {
                K ticket = next.get();
                QueuedWrite write = ticket.queued();
                bytes += write.bytes();
                boolean fits = !write.alone() && group.size() < GROUP_WRITES && bytes <= GROUP_BYTES;
                if (!group.isEmpty() && !fits) {
                    return next;
                }
                group.add(ticket);
                if (write.alone()) {
                    break;
                }
            }
            taken = false;
        }
        return Optional.empty();
    }

    private Optional<K> first() {
        try {
            Optional<K> next = queue.poll(IDLE_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                writer.rest();
                next = queue.take();
            }
            return next;
        } catch (InterruptedException e) {
            return Optional.empty();
        }
    }

    private boolean drained() {
        synchronized (closing) {
            return closed && queue.isEmpty();
        }
    }
}
