package io.mcpserver.tool.source;

import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** A connection while it is lent for one call; another thread may end what runs on it. */
public final class Session {

    private final Connection connection;
    private final Dialect dialect;
    private Statement running;
    private boolean cancelled;

    Session(Connection connection, Dialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
    }

    public Dialect dialect() {
        return dialect;
    }

    /** Makes a statement, which can be cancelled from now on. */
    public PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        synchronized (this) {
            if (cancelled) {
                statement.close();
                throw new CodedException(ErrorCode.CANCELLED, "The call was given up.");
            }
            running = statement;
        }
        return statement;
    }

    /**
     * Keeps what was changed.
     *
     * @throws CodedException {@code OUTCOME_UNKNOWN} if the database did not answer
     */
    public void commit() throws SQLException {
        synchronized (this) {
            if (cancelled) {
                throw new CodedException(ErrorCode.CANCELLED, "The call was given up; nothing was changed.");
            }
            running = null;
        }
        try {
            connection.commit();
        } catch (SQLException e) {
            if (SourceFault.isAway(e)) {
                throw new CodedException(
                        ErrorCode.OUTCOME_UNKNOWN,
                        "The database did not say whether the change was kept; look before you repeat it.",
                        e);
            }
            throw e;
        }
    }

    synchronized void cancel() {
        cancelled = true;
        if (running != null) {
            try {
                running.cancel();
            } catch (SQLException e) {
                System.getLogger(Session.class.getName()).log(System.Logger.Level.DEBUG, "cancelling", e);
            }
        }
    }
}
