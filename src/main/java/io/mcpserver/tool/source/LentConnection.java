package io.mcpserver.tool.source;

import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ExceptionSorter;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A connection of a pool while it is lent.
 *
 * @param connection of the pool, which passes calls on
 * @param inner the driver's own. The pool's {@code abort} cuts nothing and keeps the place of the connection for ever, so
 *     that this is cut, and the pool is made to see that it has failed
 */
record LentConnection(Connection connection, Connection inner) implements SourcePool.Lease {

    private static final ScopedValue<Boolean> DISCARDED = ScopedValue.newInstance();

    static LentConnection of(Connection connection) {
        try {
            return new LentConnection(connection, connection.unwrap(Connection.class));
        } catch (SQLException | LinkageError e) {
            return new LentConnection(connection, connection);
        }
    }

    /** After which failures a pool gives a connection up: those that {@code fatal} says, and any of one that is discarded. */
    static ExceptionSorter sorter(ExceptionSorter fatal) {
        return failure -> DISCARDED.isBound() || fatal.isFatal(failure);
    }

    @Override
    public void back() {
        try {
            connection.rollback();
            connection.close();
        } catch (SQLException e) {
            discard();
        }
    }

    /** Some drivers commit what is open when they are closed, so that it is undone before. */
    @Override
    public void discard() {
        Closing.quietly(connection::rollback);
        if (inner != connection) {
            sever();
            Closing.quietly(inner);
        }
        ScopedValue.where(DISCARDED, true).run(() -> {
            // Fails, since it is closed; by that the pool knows.
            Closing.quietly(connection::rollback);
            Closing.quietly(connection);
        });
    }

    @Override
    public void sever() {
        if (inner == connection) {
            return;
        }
        try {
            inner.abort(Runnable::run);
        } catch (SQLException | LinkageError e) {
            System.getLogger(LentConnection.class.getName()).log(System.Logger.Level.DEBUG, "cutting a connection", e);
        }
    }
}
