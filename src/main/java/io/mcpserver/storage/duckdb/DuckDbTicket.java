package io.mcpserver.storage.duckdb;

import io.mcpserver.storage.thread.WriteTicket;
import java.sql.SQLException;

/** A write that waits for its transaction. */
final class DuckDbTicket<T> extends WriteTicket<T> {

    private final Write<T> write;

    DuckDbTicket(Write<T> write) {
        super(write);
        this.write = write;
    }

    Write<T> write() {
        return write;
    }

    void run(WriteTransaction transaction) throws SQLException {
        decided(write.in(transaction));
    }
}
