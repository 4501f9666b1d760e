package io.mcpserver.storage.duckdb;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.StorageFault;
import io.mcpserver.storage.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/**
 * One opening of the database file: a connection for the writer and some for readers. After a failed
 * commit DuckDB serves nobody until all of them are closed and the file is opened anew.
 */
final class DuckDbDatabase implements AutoCloseable {

    /** A reader's work on its connection. */
    interface Reading<T> {
        T on(StatementCache statements) throws SQLException;
    }

    private static final long SMALLEST_MEMORY = 96L << 20;
    private static final long LARGEST_MEMORY = 1L << 30;

    /** What a sorted query of 100,000 documents takes, and some more. */
    private static final long MEMORY_A_SCAN = 64L << 20;

    private final StatementCache writer;
    private final List<StatementCache> all = new CopyOnWriteArrayList<>();
    private final BlockingQueue<StatementCache> readers;

    private DuckDbDatabase(DuckDBConnection writer, int readers) throws SQLException {
        this.writer = new StatementCache(writer);
        this.readers = new ArrayBlockingQueue<>(readers);
        all.add(this.writer);
        for (int i = 0; i < readers; i++) {
            StatementCache reader = new StatementCache((DuckDBConnection) writer.duplicate());
            all.add(reader);
            this.readers.add(reader);
        }
    }

    /** Opens the file, creating or upgrading its tables. */
    static DuckDbDatabase open(DuckDbFiles files, long cacheSize, int readers) {
        DuckDBConnection writer = null;
        try {
            files.writeAgain();
            writer = (DuckDBConnection)
                    new DuckDBDriver().connect("jdbc:duckdb:" + files.database(), settings(files, cacheSize));
            DuckDbSchema.migrate(writer);
            lockSettings(writer);
            return new DuckDbDatabase(writer, readers);
        } catch (IOException | SQLException | RuntimeException e) {
            closeQuietly(writer);
            if (e instanceof StoreException coded) {
                throw coded;
            }
            throw StorageFault.of("The database " + files.database() + " cannot be opened", e);
        } catch (LinkageError e) {
            throw new StoreException(
                    ErrorCode.STORE_UNAVAILABLE,
                    "The native code of DuckDB cannot be loaded: make room in " + System.getProperty("java.io.tmpdir")
                            + ", where it is unpacked, then restart.",
                    e);
        }
    }

    StatementCache writer() {
        return writer;
    }

    /** Lends a reader's connection; waits for a free one. */
    <T> T read(Reading<T> reading) throws SQLException, InterruptedException {
        StatementCache statements = readers.take();
        try {
            return reading.on(statements);
        } finally {
            readers.add(statements);
        }
    }

    /** A connection for one reader that keeps it for long; to be taken back, and closed with this opening at the latest. */
    StatementCache lend() throws SQLException {
        StatementCache lent =
                new StatementCache((DuckDBConnection) writer.connection().duplicate());
        all.add(lent);
        return lent;
    }

    /** Closes what was lent. */
    void takeBack(StatementCache lent) {
        if (all.remove(lent)) {
            lent.close();
        }
    }

    @Override
    public void close() {
        all.reversed().forEach(StatementCache::close);
    }

    /** Whether DuckDB will not go on with this opening of the file. */
    static boolean isFatal(Exception e) {
        String said = String.valueOf(e.getMessage());
        return said.contains("FATAL Error") || said.contains("database has been invalidated");
    }

    static StoreException fault(String what, Exception e) {
        return isFatal(e)
                ? new StoreException(ErrorCode.STORE_UNAVAILABLE, what + ": the database must be opened anew.", e)
                : StorageFault.of(what, e);
    }

    private static Properties settings(DuckDbFiles files, long cacheSize) {
        long memory = memory(cacheSize, machineMemory());
        Properties settings = new Properties();
        settings.setProperty("memory_limit", (memory >> 20) + "MiB");
        settings.setProperty(
                "threads", Integer.toString(Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4)));
        settings.setProperty("temp_directory", text(files.temporary()));
        settings.setProperty("max_temp_directory_size", "1GiB");
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        settings.setProperty("allow_community_extensions", "false");
        settings.setProperty("allow_persistent_secrets", "false");
        // Checkpoints are made by the writer, when there is room for them.
        settings.setProperty("checkpoint_threshold", "1TiB");
        return settings;
    }

    /** Bytes for the engine: what was asked for, within what it needs and what the machine can spare. */
    static long memory(long cacheSize, long machine) {
        long most = Math.max(SMALLEST_MEMORY, Math.min(LARGEST_MEMORY, machine / 4));
        return Math.clamp(cacheSize, SMALLEST_MEMORY, most);
    }

    /** How many may look through many documents at the same time, so that each has the memory to sort them. */
    static int scans(long cacheSize) {
        return scansWith(memory(cacheSize, machineMemory()));
    }

    static int scansWith(long memory) {
        return (int) Math.max(1, memory / MEMORY_A_SCAN);
    }

    private static void lockSettings(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET enable_external_access = false");
            statement.execute("SET lock_configuration = true");
        }
    }

    private static long machineMemory() {
        return java.lang.management.ManagementFactory.getOperatingSystemMXBean()
                        instanceof com.sun.management.OperatingSystemMXBean machine
                ? machine.getTotalMemorySize()
                : 4 * SMALLEST_MEMORY;
    }

    private static String text(Path path) {
        return path.toAbsolutePath().toString();
    }

    static void closeQuietly(AutoCloseable resource) {
        try {
            if (resource != null) {
                resource.close();
            }
        } catch (Exception e) {
            System.getLogger(DuckDbDatabase.class.getName()).log(System.Logger.Level.DEBUG, "closing", e);
        }
    }
}
