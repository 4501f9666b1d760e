package io.mcpserver.storage.thread;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.StoreException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A write in the queue, and its caller's place to wait for the outcome. An engine extends it by the way in which its writes
 * are done.
 *
 * @param <T> what the caller gets for the write
 */
public abstract class WriteTicket<T> {

    private final QueuedWrite write;
    private final CompletableFuture<T> outcome = new CompletableFuture<>();
    private final AtomicBoolean taken = new AtomicBoolean();
    private T result;

    protected WriteTicket(QueuedWrite write) {
        this.write = write;
    }

    /** Keeps what the caller gets when the group is written. */
    protected final void decided(T decision) {
        result = decision;
    }

    /** Claims the ticket, for the writer to begin or for its caller to withdraw; only the first one gets it. */
    public final boolean take() {
        return taken.compareAndSet(false, true);
    }

    public final void succeed() {
        outcome.complete(result);
    }

    /** Says why it was not written; does nothing if its caller has an outcome already. */
    public final void fail(StoreException why) {
        outcome.completeExceptionally(why);
    }

    /** Whether it has its outcome. */
    public final boolean isOver() {
        return outcome.isDone();
    }

    /**
     * Waits until the write is durable and the listener has heard of it.
     *
     * @throws StoreException why it was not written; for a caller that is interrupted {@code TIMEOUT} if the write was
     *     withdrawn, {@code OUTCOME_UNKNOWN} if it had begun
     */
    public final T await() {
        try {
            return outcome.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw take()
                    ? givenUp()
                    : new StoreException(
                            ErrorCode.OUTCOME_UNKNOWN,
                            "The write was given up while it was being made durable: read before trying again.");
        } catch (ExecutionException e) {
            StoreException why = (StoreException) e.getCause();
            throw new StoreException(why.code(), why.getMessage(), why);
        }
    }

    final QueuedWrite queued() {
        return write;
    }

    /** What a caller hears whose write was given up in time. */
    static StoreException givenUp() {
        return new StoreException(ErrorCode.TIMEOUT, "The write was given up before it began; nothing was saved.");
    }
}
