package io.mcpserver.storage.lancedb;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.StorageFault;
import io.mcpserver.storage.StoreException;
import java.time.Duration;
import java.util.Set;
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
 * Reads on a limited number of threads of their own: the caller can be interrupted although Lance cannot, and a virtual
 * thread does not pin its carrier.
 */
final class Readers implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Current current;
    private final ExecutorService threads;
    private final Set<View> open = ConcurrentHashMap.newKeySet();

    Readers(Current current, int size) {
        this.current = current;
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                size,
                size,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("lancedb-reader-", 1).factory());
        pool.allowCoreThreadTimeOut(true);
        this.threads = pool;
    }

    <T> T read(Function<View, T> read) {
        if (Thread.currentThread().isInterrupted()) {
            throw givenUp();
        }
        View view = current.view();
        open.add(view);
        Future<T> answer;
        try {
            answer = threads.submit(() -> {
                try (view) {
                    view.requireWanted();
                    return read.apply(view);
                } finally {
                    open.remove(view);
                }
            });
        } catch (RejectedExecutionException e) {
            open.remove(view);
            view.close();
            throw new StoreException(ErrorCode.STORE_UNAVAILABLE, "The store is closed.");
        }
        try {
            return answer.get();
        } catch (InterruptedException e) {
            view.cancel();
            Thread.currentThread().interrupt();
            throw givenUp();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StoreException coded) {
                throw new StoreException(coded.code(), coded.getMessage(), coded);
            }
            Exception cause = e.getCause() instanceof Exception exception ? exception : e;
            throw StorageFault.of("The documents cannot be read", cause);
        }
    }

    /** Lets running reads end for a while, then ends them. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                open.forEach(View::cancel);
                threads.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            open.forEach(View::cancel);
            Thread.currentThread().interrupt();
        }
    }

    private static StoreException givenUp() {
        return new StoreException(ErrorCode.TIMEOUT, "The read was given up before it was done.");
    }
}
