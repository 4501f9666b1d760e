package io.mcpserver.tool.source;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.AgroalDataSourceConfiguration;
import io.agroal.api.configuration.supplier.AgroalConnectionFactoryConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalConnectionPoolConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.exceptionsorter.PostgreSQLExceptionSorter;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.tool.source.SourceSecrets.Login;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Connections to a database that is a server of its own: opened when needed, at most {@code pool_size} kept, {@code
 * max_overflow} more under load and closed when they were idle for a while, each replaced at the age {@code pool_recycle}.
 */
final class ServerPool implements SourcePool {

    private static final Duration CONNECTING = Duration.ofSeconds(10);
    private static final Duration OVERFLOW_KEPT = Duration.ofSeconds(5);
    private static final Duration TRUSTED_IDLE = Duration.ofMillis(500);
    private static final int VALIDATING_SECONDS = 5;

    private static final System.Logger LOG = System.getLogger(ServerPool.class.getName());

    private final String name;
    private final Dialect dialect;
    private final AgroalDataSource pool;
    private final OpenConnections open;
    private final AtomicBoolean warned = new AtomicBoolean();

    private ServerPool(String name, Dialect dialect, AgroalDataSource pool, OpenConnections open) {
        this.name = name;
        this.dialect = dialect;
        this.pool = pool;
        this.open = open;
    }

    /** @param driver takes the address of the source; another one of its class is made */
    static ServerPool open(
            String name, SourceSecrets secrets, boolean writable, ServerConfig.Database limits, Driver driver)
            throws SQLException {
        String url = secrets.url();
        Dialect dialect = Dialect.of(url);
        AgroalConnectionFactoryConfigurationSupplier connections = new AgroalConnectionFactoryConfigurationSupplier()
                .connectionProviderClass(driver.getClass())
                .jdbcUrl(url)
                .autoCommit(false)
                .readOnly(!writable && !dialect.isForeign())
                .trackJdbcResources(false)
                .loginTimeout(CONNECTING)
                .addSecurityProvider(login -> login instanceof Login known ? known.properties() : null)
                .credential(secrets.login());
        settings(dialect, writable).forEach(connections::jdbcProperty);
        AgroalConnectionPoolConfigurationSupplier size = new AgroalConnectionPoolConfigurationSupplier()
                .connectionFactoryConfiguration(connections)
                .minSize(limits.poolSize())
                .maxSize(limits.poolSize() + limits.maxOverflow())
                .acquisitionTimeout(limits.poolTimeout())
                .maxLifetime(limits.poolRecycle())
                .reapTimeout(OVERFLOW_KEPT)
                .idleValidationTimeout(TRUSTED_IDLE)
                .connectionValidator(ConnectionValidator.defaultValidatorWithTimeout(VALIDATING_SECONDS))
                .exceptionSorter(LentConnection.sorter(
                        dialect == Dialect.POSTGRESQL ? new PostgreSQLExceptionSorter() : SourceFault::isAway));
        AgroalDataSourceConfiguration configuration = new AgroalDataSourceConfigurationSupplier()
                .metricsEnabled(false)
                .connectionPoolConfiguration(size)
                .get();
        OpenConnections open = new OpenConnections();
        return new ServerPool(name, dialect, AgroalDataSource.from(configuration, open), open);
    }

    /** What the address may say otherwise. */
    private static Map<String, String> settings(Dialect dialect, boolean writable) {
        Map<String, String> settings = new HashMap<>();
        if (dialect == Dialect.SQLITE) {
            // So that setReadOnly is obeyed, and a file that only is read is neither changed nor made.
            settings.put("jdbc.explicit_readonly", "true");
            if (!writable) {
                settings.put("open_mode", "1");
            }
        }
        if (dialect == Dialect.POSTGRESQL) {
            settings.put("ApplicationName", "mcp-server");
            settings.put("tcpKeepAlive", "true");
            settings.put("connectTimeout", "10");
            settings.put("cancelSignalTimeout", "5");
            // One row may not fill the memory before it is counted.
            settings.put("maxResultBuffer", "32M");
            if (!writable) {
                settings.put("options", "-c default_transaction_read_only=on");
            }
        }
        return settings;
    }

    @Override
    public Lease lend(boolean writes) throws SQLException, InterruptedException {
        try {
            LentConnection lent = LentConnection.of(pool.getConnection());
            try {
                begin(lent.connection(), writes);
                return lent;
            } catch (SQLException e) {
                lent.discard();
                throw e;
            }
        } catch (SQLException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (e.getSQLState() == null && String.valueOf(e.getMessage()).contains("timeout")) {
                throw new SQLTransientConnectionException(e.getMessage(), e);
            }
            throw e;
        }
    }

    /** To a driver that is not known, reading is a hint that it may not take; without transactions it is of no use. */
    private void begin(Connection connection, boolean writes) throws SQLException {
        if (dialect.isForeign() && connection.getAutoCommit()) {
            throw new SQLFeatureNotSupportedException("the driver commits by itself");
        }
        try {
            connection.setReadOnly(!writes);
        } catch (SQLException e) {
            if (!dialect.isForeign() || SourceFault.isAway(e)) {
                throw e;
            }
            if (warned.compareAndSet(false, true)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "The driver of the source {0} takes no read-only connections; what tools change is undone, as"
                                + " far as the database can. Give the source a login that may only read",
                        name);
            }
        }
    }

    @Override
    public void close() {
        pool.close();
        open.close();
    }
}
