package io.mcpserver.storage.duckdb;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.StoreException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.duckdb.DuckDBConnection;

/** Turns the write-ahead log into the file from time to time. Runs on the writer's thread only. */
final class Checkpoints {

    private static final System.Logger LOG = System.getLogger(Checkpoints.class.getName());

    private static final long LOG_SIZE = 16L << 20;
    private static final long IDLE_LOG_SIZE = 1L << 20;

    /** Bytes kept free so that the log can still be turned into the file; only deletions may use them. */
    static final long RESERVE = 8L << 20;

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final DuckDbSession session;
    private long next = LOG_SIZE;
    private boolean newLog = true;

    Checkpoints(DuckDbSession session) {
        this.session = session;
    }

    /**
     * Makes the entry of a new log in its directory durable; DuckDB itself flushes only the file.
     *
     * @throws StoreException {@code OUTCOME_UNKNOWN} if that fails: what was committed may be gone after a power cut
     */
    void beforeAcknowledgement() {
        if (newLog) {
            try {
                session.files().flushDirectory();
            } catch (IOException e) {
                throw new StoreException(
                        ErrorCode.OUTCOME_UNKNOWN,
                        "What was written to " + session.files().log() + " may not be durable (" + e.getMessage()
                                + "); read before trying again.",
                        e);
            }
            newLog = false;
        }
    }

    void afterCommit() {
        long size = session.files().logSize();
        if (size >= next) {
            checkpoint(size);
        }
    }

    void whenIdle() {
        long size = session.files().logSize();
        if (size >= IDLE_LOG_SIZE) {
            checkpoint(size);
        }
    }

    private void checkpoint(long size) {
        next = size + LOG_SIZE;
        if (session.files().usableSpace() < 2 * size + RESERVE) {
            return;
        }
        try {
            // DuckDB refuses while anybody reads; then the readers are held back for the moment that it takes.
            if (tried() || session.whileNobodyReads(PATIENCE, this::tried)) {
                next = LOG_SIZE;
                newLog = true;
            }
        } catch (SQLException e) {
            LOG.log(Level.WARNING, "A checkpoint failed: {0}", e.getMessage());
            if (DuckDbDatabase.isFatal(e)) {
                session.reopen();
            }
        }
    }

    private boolean tried() throws SQLException {
        DuckDBConnection connection = session.writer();
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            statement.execute("CHECKPOINT");
            return true;
        } catch (SQLException e) {
            if (String.valueOf(e.getMessage()).contains("Cannot CHECKPOINT")) {
                return false;
            }
            throw e;
        }
    }
}
