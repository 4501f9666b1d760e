package io.mcpserver.storage.duckdb;

import io.mcpserver.storage.thread.ReaderThreads;
import java.sql.SQLException;
import java.util.concurrent.Semaphore;

/** Reads, each with a connection of its own, on as many threads as there are readers' connections. */
final class ReaderPool implements AutoCloseable {

    /** What a read does in its turn. */
    interface Read<T> {
        T in(ReadContext context) throws SQLException;
    }

    private final DuckDbSession session;
    private final ReaderThreads threads;
    private final Semaphore scans;

    /** @param scans how many look through many documents at the same time */
    ReaderPool(DuckDbSession session, int size, int scans) {
        this.session = session;
        this.scans = new Semaphore(scans, true);
        this.threads =
                new ReaderThreads("duckdb", size, cause -> DuckDbDatabase.fault("The documents cannot be read", cause));
    }

    <T> T read(Read<T> read) {
        ReadContext context = new ReadContext();
        return threads.read(
                context,
                () -> session.read(statements -> {
                    context.use(statements);
                    return read.in(context);
                }));
    }

    /** A read that may look through many documents, and waits until there is the memory for it. */
    <T> T scan(Read<T> read) {
        return read(context -> {
            // Nobody interrupts a reader; one that was given up meanwhile ends with its first statement.
            scans.acquireUninterruptibly();
            try {
                return read.in(context);
            } finally {
                scans.release();
            }
        });
    }

    /** Lets running reads end for a while, then ends them. */
    @Override
    public void close() {
        threads.close();
    }
}
