package io.mcpserver.tool.source;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Limits that a driver is told, so that it fetches no more than is wanted. They are held again where rows are read and
 * where the caller waits, since not every driver knows every limit.
 *
 * @param rows one more than an answer may have, by which it is known that there are more
 * @param bytes of one value
 */
record StatementLimits(int rows, int bytes, Duration time) {

    private static final int FETCHED_AT_ONCE = 50;

    /** A value that a driver cuts has more than fits, however many bytes it takes a character to have. */
    private static final int MOST_BYTES_OF_A_CHARACTER = 4;

    /** The caller's own time is over before, and the statement is then cancelled: this is for drivers that cannot. */
    private static final long SECONDS_LATER = 2;

    static StatementLimits of(Answer.Limits limits) {
        return new StatementLimits(limits.rows() + 1, limits.bytes(), limits.time());
    }

    private interface Setting {

        void set() throws SQLException;
    }

    void hold(Statement statement, Dialect dialect) throws SQLException {
        if (!dialect.isForeign()) {
            statement.setFetchSize(Math.min(FETCHED_AT_ONCE, rows));
            if (dialect == Dialect.POSTGRESQL) {
                statement.setMaxRows(rows);
            }
        } else {
            int mostBytes = (int) Math.min(Integer.MAX_VALUE, (bytes + 1L) * MOST_BYTES_OF_A_CHARACTER);
            tell(() -> statement.setMaxRows(rows));
            tell(() -> statement.setFetchSize(Math.min(FETCHED_AT_ONCE, rows)));
            tell(() -> statement.setMaxFieldSize(mostBytes));
            tell(() -> statement.setQueryTimeout((int) Math.min(Integer.MAX_VALUE, time.toSeconds() + SECONDS_LATER)));
        }
    }

    private static void tell(Setting setting) throws SQLException {
        try {
            setting.set();
        } catch (SQLException e) {
            if (SourceFault.isAway(e)) {
                throw e;
            }
            System.getLogger(StatementLimits.class.getName()).log(System.Logger.Level.DEBUG, "telling a limit", e);
        }
    }
}
