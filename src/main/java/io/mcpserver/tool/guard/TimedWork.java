package io.mcpserver.tool.guard;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Work on another thread that is answered for in time; its clock can be stopped.
 *
 * <p>Threads: safe for any number of callers.
 */
final class TimedWork<T> {

    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final FutureTask<Void> task;

    /** Nanoseconds that the work may still take, counted from {@code wound}. */
    private long left;

    private long wound;
    private int pauses;
    private CompletableFuture<Void> alarm;

    /** What is to be done. */
    interface Work<T> {

        /** @param clock of this work, for it to pause */
        T call(TimedWork<T> clock) throws Exception;
    }

    TimedWork(Work<T> work, Duration limit) {
        this.left = limit.toNanos();
        this.task = new FutureTask<>(() -> settle(work), null);
    }

    private void settle(Work<T> work) {
        T value = null;
        Throwable failure = null;
        try {
            value = work.call(this);
        } catch (Throwable e) {
            failure = e;
        }
        if (over.compareAndSet(false, true)) {
            stopClock();
            if (failure == null) {
                answer.complete(value);
            } else {
                answer.completeExceptionally(failure);
            }
        }
    }

    /** @throws RejectedExecutionException when the program is ending */
    void begin(Executor workers) {
        startClock();
        try {
            workers.execute(task);
        } catch (RejectedExecutionException e) {
            stopClock();
            throw e;
        }
    }

    /** The outcome of the work, {@link TimeoutException}, or what it was ended with; whichever came first. */
    CompletableFuture<T> answer() {
        return answer;
    }

    /** Whether the outcome is decided, so that whatever the work still does is for nobody. */
    boolean isOver() {
        return over.get();
    }

    /** Answers with {@code reason} and interrupts the work, unless it is over. */
    void end(Throwable reason) {
        if (over.compareAndSet(false, true)) {
            stopClock();
            task.cancel(true);
            answer.completeExceptionally(reason);
        }
    }

    /** Stops the clock until {@link #resume} was called as often as this. */
    synchronized void pause() {
        if (pauses++ == 0) {
            left -= System.nanoTime() - wound;
            stopClock();
        }
    }

    synchronized void resume() {
        if (--pauses == 0 && !isOver()) {
            startClock();
        }
    }

    private synchronized void startClock() {
        CompletableFuture<Void> set = new CompletableFuture<>();
        set.whenComplete((nothing, late) -> {
            if (late != null) {
                end(late);
            }
        });
        wound = System.nanoTime();
        alarm = set;
        set.orTimeout(left, TimeUnit.NANOSECONDS);
    }

    private synchronized void stopClock() {
        alarm.complete(null);
    }
}
