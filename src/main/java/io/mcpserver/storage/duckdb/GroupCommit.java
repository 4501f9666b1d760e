package io.mcpserver.storage.duckdb;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.Change;
import io.mcpserver.storage.ChangeListener;
import io.mcpserver.storage.StorageFault;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.thread.GroupWriter;
import io.mcpserver.storage.thread.Room;
import java.lang.System.Logger.Level;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBConnection;

/**
 * Commits a group of writes in one transaction, tells the listener, then acknowledges. Runs on the
 * writer's thread only.
 */
final class GroupCommit implements GroupWriter<DuckDbTicket<?>> {

    private static final System.Logger LOG = System.getLogger(GroupCommit.class.getName());

    private static final int CHANGES_A_TURN = 1_000;

    private final DuckDbSession session;
    private final ChangeListener listener;
    private final Checkpoints checkpoints;
    private volatile long sequence;

    /** Whether a transaction may have been committed that was not heard of. */
    private boolean inDoubt;

    GroupCommit(DuckDbSession session, ChangeListener listener) throws SQLException {
        this.session = session;
        this.listener = listener;
        this.checkpoints = new Checkpoints(session);
        this.sequence = newest();
    }

    /** The sequence of the newest durable change. */
    long sequence() {
        return sequence;
    }

    @Override
    public void write(List<DuckDbTicket<?>> group) {
        try {
            resolveDoubt();
            List<DuckDbTicket<?>> allowed = Room.allowed(group, session.files().directory(), Checkpoints.RESERVE);
            if (!allowed.isEmpty()) {
                commit(allowed);
            }
            checkpoints.afterCommit();
        } catch (RuntimeException | Error e) {
            // The writer must outlive every defect, or all callers after it would wait for ever.
            LOG.log(Level.ERROR, "A group of writes failed", e);
            abandon();
            StoreException why = e instanceof StoreException coded
                    ? coded
                    : new StoreException(
                            ErrorCode.OUTCOME_UNKNOWN, "The write failed: " + e + "; read before trying again.", e);
            group.forEach(ticket -> ticket.fail(why));
        }
    }

    @Override
    public void rest() {
        try {
            checkpoints.whenIdle();
        } catch (RuntimeException | Error e) {
            // As above: the writer must outlive it. The next write says what is wrong, if it still is.
            LOG.log(Level.WARNING, "A checkpoint failed", e);
        }
    }

    /** Before anything else is written: hears of what was committed although nobody could say so then. */
    private void resolveDoubt() {
        if (!inDoubt) {
            return;
        }
        try {
            session.reopen();
            long before = sequence;
            sequence = newest();
            inDoubt = false;
            hear(List.of(), before);
        } catch (SQLException e) {
            throw StorageFault.of("The documents could not be saved", e);
        }
    }

    private void commit(List<DuckDbTicket<?>> group) {
        StatementCache statements = session.writerStatements();
        DuckDBConnection connection = statements.connection();
        WriteTransaction transaction = new WriteTransaction(statements, sequence);
        boolean committing = false;
        try {
            begin(connection);
            decide(group, transaction);
            transaction.write();
            committing = true;
            connection.commit();
        } catch (SQLException e) {
            failed(group, transaction, connection, committing, e);
            return;
        }
        acknowledge(group, transaction);
    }

    private static void begin(DuckDBConnection connection) throws SQLException {
        if (connection.getAutoCommit()) {
            connection.setAutoCommit(false);
        }
    }

    private static void decide(List<DuckDbTicket<?>> group, WriteTransaction transaction) throws SQLException {
        List<String> keys = new ArrayList<>();
        group.forEach(ticket -> keys.addAll(ticket.write().keys()));
        transaction.look(keys);
        for (DuckDbTicket<?> ticket : group) {
            try {
                ticket.run(transaction);
            } catch (StoreException e) {
                ticket.fail(e);
            }
        }
    }

    private void acknowledge(List<DuckDbTicket<?>> group, WriteTransaction transaction) {
        checkpoints.beforeAcknowledgement();
        long before = sequence;
        sequence = transaction.sequence();
        hear(transaction.changes(), before);
        group.stream().filter(ticket -> !ticket.isOver()).forEach(DuckDbTicket::succeed);
    }

    private void hear(List<Change> changes, long before) {
        try {
            tell(changes, before);
        } catch (SQLException | RuntimeException | Error e) {
            LOG.log(Level.WARNING, "The listener of changes failed; what it missed it must read again", e);
        }
    }

    private void tell(List<Change> changes, long before) throws SQLException {
        if (!changes.isEmpty()) {
            listener.committed(List.copyOf(changes));
            return;
        }
        for (long after = before; after < sequence; ) {
            List<Change> some = ChangeReader.read(session.writer(), after, CHANGES_A_TURN);
            listener.committed(some);
            after = some.getLast().sequence();
        }
    }

    /** Finds out what became of a transaction, and says so to its callers. */
    private void failed(
            List<DuckDbTicket<?>> group,
            WriteTransaction transaction,
            DuckDBConnection connection,
            boolean committing,
            SQLException e) {
        LOG.log(Level.WARNING, "A transaction failed: {0}", e.getMessage());
        boolean intact = rollback(connection) && !committing && !DuckDbDatabase.isFatal(e);
        StoreException why = StorageFault.of("The documents could not be saved", e);
        if (!intact) {
            try {
                session.reopen();
                if (newest() > sequence && newest() == transaction.sequence()) {
                    acknowledge(group, transaction);
                    return;
                }
                if (committing && transaction.sequence() == sequence) {
                    why = unknown("it left no trace to look for", e);
                }
            } catch (SQLException | StoreException again) {
                LOG.log(Level.WARNING, "The database cannot be opened again yet: {0}", again.getMessage());
                inDoubt = committing;
                why = committing
                        ? unknown("the database cannot be opened again yet (" + again.getMessage() + ")", e)
                        : why;
            }
        } else if (group.size() > 1 && why.code() == ErrorCode.STORE_UNAVAILABLE) {
            group.stream().filter(ticket -> !ticket.isOver()).forEach(ticket -> commit(List.of(ticket)));
            return;
        }
        StoreException reason = why;
        group.stream().filter(ticket -> !ticket.isOver()).forEach(ticket -> ticket.fail(reason));
    }

    private static StoreException unknown(String detail, SQLException cause) {
        return new StoreException(
                ErrorCode.OUTCOME_UNKNOWN, "The commit failed and " + detail + "; read before trying again.", cause);
    }

    private void abandon() {
        inDoubt = true;
        try {
            rollback(session.writer());
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "The database cannot be opened again yet: {0}", e.getMessage());
        }
    }

    private static boolean rollback(DuckDBConnection connection) {
        try {
            connection.rollback();
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private long newest() throws SQLException {
        try (Statement statement = session.writer().createStatement();
                ResultSet row = statement.executeQuery("SELECT coalesce(max(seq), 0) FROM doc")) {
            row.next();
            return row.getLong(1);
        }
    }
}
