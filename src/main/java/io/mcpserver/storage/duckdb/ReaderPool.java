package io.mcpserver.storage.duckdb;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.StoreException;
import java.sql.SQLException;
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

/**
 * Reads on threads of their own, as many as there are readers' connections: the caller can be
 * interrupted although the driver cannot, and a virtual thread does not pin its carrier.
 */
final class ReaderPool implements AutoCloseable {

    /** What a read does in its turn. */
    interface Read<T> {
        T in(ReadContext context) throws SQLException;
    }

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final DuckDbSession session;
    private final ExecutorService threads;
    private final Set<ReadContext> running = ConcurrentHashMap.newKeySet();

    ReaderPool(DuckDbSession session, int size) {
        this.session = session;
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                size,
                size,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("duckdb-reader-", 1).factory());
        pool.allowCoreThreadTimeOut(true);
        this.threads = pool;
    }

    <T> T read(Read<T> read) {
        ReadContext context = new ReadContext();
        try {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            Future<T> answer = threads.submit(() -> run(read, context));
            return answer.get();
        } catch (InterruptedException e) {
            context.cancel();
            Thread.currentThread().interrupt();
            throw new StoreException(ErrorCode.TIMEOUT, "The read was given up before it was done.");
        } catch (RejectedExecutionException e) {
            throw new StoreException(ErrorCode.STORE_UNAVAILABLE, "The store is closed.");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StoreException coded) {
                throw new StoreException(coded.code(), coded.getMessage(), coded);
            }
            throw DuckDbDatabase.fault("The documents cannot be read", (Exception) e.getCause());
        }
    }

    /** Lets running reads end for a while, then ends them. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                running.forEach(ReadContext::cancel);
                threads.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            running.forEach(ReadContext::cancel);
            Thread.currentThread().interrupt();
        }
    }

    private <T> T run(Read<T> read, ReadContext context) throws SQLException, InterruptedException {
        running.add(context);
        try {
            return session.read(statements -> {
                context.use(statements);
                return read.in(context);
            });
        } finally {
            running.remove(context);
        }
    }
}
