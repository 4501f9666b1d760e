package io.mcpserver.tool.source;

import io.mcpserver.config.ServerConfig;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.duckdb.DuckDBConnection;

/**
 * A DuckDB in this process: opened once, with a connection of its own for each of at most {@code pool_size} calls at the
 * same time, so that no call sees what another left in its session. A file is opened anew at the age {@code pool_recycle},
 * when no call uses it, so that a file that was replaced is found.
 *
 * <p>It reaches no file but its own and no network, and loads no extension.
 */
final class EmbeddedPool implements SourcePool {

    private static final long SMALLEST_MEMORY = 64L << 20;
    private static final long LARGEST_MEMORY = 1L << 30;

    private final Driver driver;
    private final String url;
    private final boolean writable;
    private final ServerConfig.Database limits;
    private final Semaphore turns;
    private DuckDBConnection root;
    private long opened;
    private int lent;
    private boolean closed;

    EmbeddedPool(String name, String url, boolean writable, ServerConfig.Database limits) {
        this.driver = Drivers.of(name, url);
        this.url = url;
        this.writable = writable;
        this.limits = limits;
        this.turns = new Semaphore(limits.poolSize(), true);
    }

    @Override
    public Lease lend(boolean writes) throws SQLException, InterruptedException {
        if (!turns.tryAcquire(limits.poolTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
            throw new SQLTransientConnectionException("all " + limits.poolSize() + " connections are in use");
        }
        try {
            Connection connection = connect();
            try {
                begin(connection, writes);
                return new Lent(connection);
            } catch (SQLException e) {
                giveBack(connection);
                throw e;
            }
        } catch (SQLException | RuntimeException e) {
            turns.release();
            throw e;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        Closing.quietly(root);
        root = null;
    }

    private static void begin(Connection connection, boolean writes) throws SQLException {
        if (writes) {
            connection.setAutoCommit(false);
        } else {
            try (Statement statement = connection.createStatement()) {
                statement.execute("BEGIN TRANSACTION READ ONLY");
            }
        }
    }

    private synchronized Connection connect() throws SQLException {
        if (closed) {
            throw new SQLTransientConnectionException("the source is closed");
        }
        if (root != null && lent == 0 && hasFile() && age().compareTo(limits.poolRecycle()) > 0) {
            Closing.quietly(root);
            root = null;
        }
        if (root == null) {
            root = open();
            opened = System.nanoTime();
        }
        Connection connection = root.duplicate();
        lent++;
        return connection;
    }

    private synchronized void giveBack(Connection connection) {
        Closing.quietly(connection);
        lent--;
    }

    private DuckDBConnection open() throws SQLException {
        DuckDBConnection connection = (DuckDBConnection) driver.connect(url, settings());
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET enable_external_access = false");
            statement.execute("SET lock_configuration = true");
            return connection;
        } catch (SQLException e) {
            Closing.quietly(connection);
            throw e;
        }
    }

    private Properties settings() {
        Properties settings = new Properties();
        settings.setProperty("memory_limit", (memory(machineMemory()) >> 20) + "MiB");
        settings.setProperty(
                "threads", Integer.toString(Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4)));
        settings.setProperty("temp_directory", "");
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        settings.setProperty("allow_community_extensions", "false");
        settings.setProperty("allow_persistent_secrets", "false");
        if (!writable && hasFile()) {
            settings.setProperty("access_mode", "READ_ONLY");
        }
        return settings;
    }

    private boolean hasFile() {
        String database = url.substring("jdbc:duckdb:".length()).split(";", 2)[0];
        return !database.isEmpty() && !database.startsWith(":memory:") && !database.startsWith("memory:");
    }

    private Duration age() {
        return Duration.ofNanos(System.nanoTime() - opened);
    }

    /** An eighth of the machine's memory, beside the store and everything else; the address may say otherwise. */
    static long memory(long machine) {
        return Math.clamp(machine / 8, SMALLEST_MEMORY, LARGEST_MEMORY);
    }

    private static long machineMemory() {
        return java.lang.management.ManagementFactory.getOperatingSystemMXBean()
                        instanceof com.sun.management.OperatingSystemMXBean machine
                ? machine.getTotalMemorySize()
                : 8 * SMALLEST_MEMORY;
    }

    private final class Lent implements Lease {

        private final Connection connection;

        Lent(Connection connection) {
            this.connection = connection;
        }

        @Override
        public Connection connection() {
            return connection;
        }

        @Override
        public void back() {
            giveBack(connection);
            turns.release();
        }

        @Override
        public void discard() {
            back();
        }

        @Override
        public void sever() {
            // It is in this process, and reacts to being cancelled.
        }
    }
}
