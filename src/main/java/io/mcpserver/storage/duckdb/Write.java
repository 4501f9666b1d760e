package io.mcpserver.storage.duckdb;

import java.sql.SQLException;
import java.util.List;

/**
 * One caller's write: all of it happens, or nothing.
 *
 * @param <T> what the caller gets for it
 */
interface Write<T> {

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

    /** Bytes that the write adds; 0 if it frees room. */
    default long bytes() {
        return 0;
    }

    /** Whether the write speaks SQL of its own and so shares a transaction with nobody. */
    default boolean alone() {
        return false;
    }
}
