package io.mcpserver.storage.duckdb;

import io.mcpserver.storage.thread.ReaderThreads;
import java.sql.SQLException;

/** Reads, each with a connection of its own, on as many threads as there are readers' connections. */
final class ReaderPool implements AutoCloseable {

    /** What a read does in its turn. */
    interface Read<T> {
        T in(ReadContext context) throws SQLException;
    }

    private final DuckDbSession session;
    private final ReaderThreads threads;

    ReaderPool(DuckDbSession session, int size) {
        this.session = session;
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

    /** Lets running reads end for a while, then ends them. */
    @Override
    public void close() {
        threads.close();
    }
}
