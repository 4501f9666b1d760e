package io.mcpserver.storage.duckdb;

import io.mcpserver.storage.thread.QueuedWrite;
import java.sql.SQLException;
import java.util.List;

/**
 * One caller's write: all of it happens, or nothing.
 *
 * @param <T> what the caller gets for it
 */
interface Write<T> extends QueuedWrite {

    /**
     * Puts the write into a transaction.
     *
     * @throws io.mcpserver.storage.StoreException if it cannot be done; the transaction is then as
     *     before, and the other writes of the group go on
     */
    T in(WriteTransaction transaction) throws SQLException;

    /** The keys whose current rows the write must know. */
    default List<String> keys() {
        return List.of();
    }

    /** Whether the write speaks SQL of its own and so shares a transaction with nobody. */
    @Override
    default boolean alone() {
        return false;
    }
}
