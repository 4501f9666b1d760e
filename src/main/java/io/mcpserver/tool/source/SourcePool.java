package io.mcpserver.tool.source;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/**
 * The open connections of one source.
 *
 * <p>Threads: safe for any number of callers. Closing: once no connection is lent any more; idempotent.
 */
interface SourcePool extends AutoCloseable {

    /** A connection for one call. */
    interface Lease {

        Connection connection();

        /** Gives it back; what it had not committed is undone. Once, by the thread that used it. */
        void back();

        /** Gives it back to be closed, because nobody knows what state it is in. Once, by the thread that used it. */
        void discard();

        /** Cuts its line to the database, if it has one, so that whoever waits for an answer fails; from any thread. */
        void sever();
    }

    /**
     * Lends a connection for one transaction; waits for a free one.
     *
     * @param writes whether the transaction may change anything
     *
     * @throws SQLTransientConnectionException if none became free in time
     */
    Lease lend(boolean writes) throws SQLException, InterruptedException;

    @Override
    void close();
}
