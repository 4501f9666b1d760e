package io.mcpserver.storage.thread;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.StoreException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Reads on a limited number of threads of their own: the caller can be interrupted although an engine's native code cannot,
 * and a virtual thread does not pin its carrier.
 *
 * <p>Threads: safe for any number of callers. Closing: idempotent; later reads throw {@code STORE_UNAVAILABLE}.
 */
public final class ReaderThreads implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Function<Exception, StoreException> fault;
    private final ExecutorService threads;
    private final Set<ReadTurn> turns = ConcurrentHashMap.newKeySet();

    /**
     * @param engine names the threads
     * @param size how many reads run at once
     * @param fault what the caller hears of a read that failed without a {@link StoreException}
     */
    public ReaderThreads(String engine, int size, Function<Exception, StoreException> fault) {
        this.fault = fault;
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                size,
                size,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name(engine + "-reader-", 1).factory());
        pool.allowCoreThreadTimeOut(true);
        this.threads = pool;
    }

    /**
     * Waits for a read. Begins nothing for a caller that is interrupted already.
     *
     * @param turn of this read alone; it is given up when the caller is interrupted
     * @throws StoreException {@code TIMEOUT} for a caller that is interrupted; what the read throws
     */
    public <T> T read(ReadTurn turn, Callable<T> read) {
        if (Thread.currentThread().isInterrupted()) {
            throw ReadTurn.refusal();
        }
        try {
            return submit(turn, read).get();
        } catch (InterruptedException e) {
            turn.giveUp();
            Thread.currentThread().interrupt();
            throw ReadTurn.refusal();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StoreException coded) {
                throw new StoreException(coded.code(), coded.getMessage(), coded);
            }
            throw fault.apply(e.getCause() instanceof Exception cause ? cause : e);
        }
    }

    /** Lets running reads end for a while, then ends them. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                turns.forEach(ReadTurn::giveUp);
                threads.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            turns.forEach(ReadTurn::giveUp);
            Thread.currentThread().interrupt();
        }
    }

    private <T> Future<T> submit(ReadTurn turn, Callable<T> read) {
        turns.add(turn);
        try {
            return threads.submit(() -> {
                try {
                    turn.requireWanted();
                    return read.call();
                } finally {
                    turns.remove(turn);
                }
            });
        } catch (RejectedExecutionException e) {
            turns.remove(turn);
            throw new StoreException(ErrorCode.STORE_UNAVAILABLE, "The store is closed.");
        }
    }
}
