package io.mcpserver.storage.duckdb;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.StoreException;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.duckdb.DuckDBConnection;

/**
 * The database file as the store knows it: always one opening of it, replaced by a new one after
 * DuckDB gave the old one up (a commit that failed on a full disk does that).
 */
final class DuckDbSession implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(DuckDbSession.class.getName());

    private final DuckDbFiles files;
    private final long cacheSize;
    private final int readers;
    private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();
    private DuckDbDatabase database;
    private boolean closed;

    DuckDbSession(DuckDbFiles files, long cacheSize, int readers) {
        this.files = files;
        this.cacheSize = cacheSize;
        this.readers = readers;
        this.database = DuckDbDatabase.open(files, cacheSize, readers);
    }

    DuckDbFiles files() {
        return files;
    }

    /** Reads on a reader's connection; once more on a new opening if the old one was given up. */
    <T> T read(DuckDbDatabase.Reading<T> reading) throws SQLException, InterruptedException {
        DuckDbDatabase used = current();
        try {
            return read(used, reading);
        } catch (SQLException e) {
            if (!DuckDbDatabase.isFatal(e)) {
                throw e;
            }
            reopen(used);
            return read(current(), reading);
        }
    }

    /** The opening of the file that is used now. */
    DuckDbDatabase database() {
        return current();
    }

    /** What is done with one opening of the file. */
    interface Work<T> {
        T done() throws SQLException;
    }

    /** Does something while one opening of the file stays in use; empty, and not done, if it is no longer. */
    <T> Optional<T> whileUsed(DuckDbDatabase used, Work<T> work) throws SQLException {
        use.readLock().lock();
        try {
            return used == database ? Optional.ofNullable(work.done()) : Optional.empty();
        } finally {
            use.readLock().unlock();
        }
    }

    /** The writer's connection; only for the writer's thread. */
    DuckDBConnection writer() {
        return current().writer().connection();
    }

    /** The writer's connection with its statements; only for the writer's thread. */
    StatementCache writerStatements() {
        return current().writer();
    }

    /** Something to do on the writer's connection; says whether it was done. */
    interface Attempt {
        boolean done() throws SQLException;
    }

    /** Holds readers back for an attempt; false if running reads do not end within the patience. */
    boolean whileNobodyReads(Duration patience, Attempt attempt) throws SQLException {
        try {
            if (!use.writeLock().tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return false;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        try {
            return attempt.done();
        } finally {
            use.writeLock().unlock();
        }
    }

    /** Opens the file anew; throws if that fails, and then the next use tries again. */
    void reopen() {
        use.writeLock().lock();
        try {
            if (database != null) {
                database.close();
                database = null;
            }
            open();
        } finally {
            use.writeLock().unlock();
        }
    }

    @Override
    public void close() {
        use.writeLock().lock();
        try {
            closed = true;
            if (database != null) {
                database.close();
                database = null;
            }
        } finally {
            use.writeLock().unlock();
        }
    }

    private <T> T read(DuckDbDatabase used, DuckDbDatabase.Reading<T> reading)
            throws SQLException, InterruptedException {
        use.readLock().lockInterruptibly();
        try {
            if (used != database) {
                throw new SQLException("FATAL Error: the database was opened anew in the meantime");
            }
            return used.read(reading);
        } finally {
            use.readLock().unlock();
        }
    }

    private DuckDbDatabase current() {
        use.readLock().lock();
        try {
            if (database != null) {
                return database;
            }
        } finally {
            use.readLock().unlock();
        }
        use.writeLock().lock();
        try {
            if (database == null) {
                open();
            }
            return database;
        } finally {
            use.writeLock().unlock();
        }
    }

    private void reopen(DuckDbDatabase given) {
        use.writeLock().lock();
        try {
            if (database == given) {
                reopen();
            }
        } finally {
            use.writeLock().unlock();
        }
    }

    private void open() {
        if (closed) {
            throw new StoreException(ErrorCode.STORE_UNAVAILABLE, "The store is closed.");
        }
        LOG.log(Level.INFO, "Opening {0} anew", files.database());
        database = DuckDbDatabase.open(files, cacheSize, readers);
    }
}
