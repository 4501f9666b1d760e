package io.mcpserver.storage.journal;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.StoreException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** A write in the queue, and its caller's place to wait for the outcome. */
final class WriteTicket<T> {

    private final JournalWrite<T> write;
    private final CompletableFuture<T> outcome = new CompletableFuture<>();
    private final AtomicBoolean taken = new AtomicBoolean();
    private T result;

    WriteTicket(JournalWrite<T> write) {
        this.write = write;
    }

    JournalWrite<T> write() {
        return write;
    }

    /** Claims the ticket, for the writer to begin or for its caller to withdraw; only the first one gets it. */
    boolean take() {
        return taken.compareAndSet(false, true);
    }

    void decide(Decision decision) {
        result = write.in(decision);
    }

    void succeed() {
        outcome.complete(result);
    }

    void fail(StoreException why) {
        outcome.completeExceptionally(why);
    }

    boolean isOver() {
        return outcome.isDone();
    }

    T await() {
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

    /** What a caller hears whose write was given up in time. */
    static StoreException givenUp() {
        return new StoreException(ErrorCode.TIMEOUT, "The write was given up before it began; nothing was saved.");
    }
}
