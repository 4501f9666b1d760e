package io.mcpserver.tool.guard;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeoutException;

/**
 * Runs work on other threads and answers in time, whether or not the work reacts.
 *
 * <p>Threads: safe for any number of callers.
 */
public final class Deadline {

    private final ExecutorService workers;
    private final Duration limit;

    public Deadline(ExecutorService workers, Duration limit) {
        this.workers = workers;
        this.limit = limit;
    }

    /** How long work may take. */
    public Duration limit() {
        return limit;
    }

    /**
     * Begins the work. The answer is its outcome, or {@link TimeoutException} when the limit has passed
     * since this call; the work is interrupted then, or never begun if it was still waiting for a thread.
     *
     * @throws java.util.concurrent.RejectedExecutionException when the program is ending
     */
    public <T> CompletionStage<T> run(Callable<T> work) {
        return this.<T>begin(clock -> work.call()).answer();
    }

    /** As {@link #run}, for work that pauses its clock, and for a caller that may end it early. */
    <T> TimedWork<T> begin(TimedWork.Work<T> work) {
        TimedWork<T> timed = new TimedWork<>(work, limit);
        timed.begin(workers);
        return timed;
    }
}
