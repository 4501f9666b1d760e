package io.mcpserver.tool.dropin;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Runs what may hang on a thread of its own, and waits for it only so long. Java cannot end a thread that will not, so
 * few may be left behind.
 *
 * <p>Threads: safe for any number of callers.
 */
final class BoundedTime {

    private static final int MOST_LEFT_BEHIND = 4;

    private final Duration limit;
    private final Queue<Thread> leftBehind = new ConcurrentLinkedQueue<>();

    BoundedTime(Duration limit) {
        this.limit = limit;
    }

    Duration limit() {
        return limit;
    }

    /**
     * Does the work.
     *
     * @param name of the thread
     * @param unwanted is given what comes too late
     * @throws TimeoutException if it takes longer; the thread is interrupted
     * @throws IllegalStateException if too many threads of earlier work still hang
     * @throws ExecutionException with what the work threw
     */
    <T> T run(String name, Callable<T> work, Consumer<T> unwanted)
            throws TimeoutException, ExecutionException, InterruptedException {
        leftBehind.removeIf(thread -> !thread.isAlive());
        if (leftBehind.size() >= MOST_LEFT_BEHIND) {
            throw new IllegalStateException(
                    "%d earlier ones hang and cannot be ended; mend them and start the server anew"
                            .formatted(leftBehind.size()));
        }
        CompletableFuture<T> outcome = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform()
                .daemon()
                .name(name)
                .inheritInheritableThreadLocals(false)
                .start(() -> settle(work, outcome, unwanted));
        try {
            return outcome.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | InterruptedException e) {
            if (outcome.completeExceptionally(e)) {
                leftBehind.add(thread);
                thread.interrupt();
                throw e;
            }
            return outcome.get();
        }
    }

    private static <T> void settle(Callable<T> work, CompletableFuture<T> outcome, Consumer<T> unwanted) {
        try {
            T done = work.call();
            if (!outcome.complete(done)) {
                unwanted.accept(done);
            }
        } catch (Throwable e) {
            outcome.completeExceptionally(e);
        }
    }
}
