package io.mcpserver.tool.source;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.supplier.AgroalConnectionFactoryConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalConnectionPoolConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.exceptionsorter.PostgreSQLExceptionSorter;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.tool.source.SourceSecrets.Login;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Properties;

/**
 * Connections to a database that is a server of its own: opened when needed, at most {@code pool_size} kept, {@code
 * max_overflow} more under load and closed when they were idle for a while, each replaced at the age {@code pool_recycle}.
 */
final class ServerPool implements SourcePool {

    private static final Duration CONNECTING = Duration.ofSeconds(10);
    private static final Duration OVERFLOW_KEPT = Duration.ofSeconds(5);
    private static final Duration TRUSTED_IDLE = Duration.ofMillis(500);
    private static final int VALIDATING_SECONDS = 5;

    private final AgroalDataSource pool;

    private ServerPool(AgroalDataSource pool) {
        this.pool = pool;
    }

    static ServerPool open(String name, SourceSecrets secrets, boolean writable, ServerConfig.Database limits)
            throws SQLException {
        String url = secrets.url();
        Class<?> driver = Drivers.of(name, url).getClass();
        AgroalConnectionFactoryConfigurationSupplier connections = new AgroalConnectionFactoryConfigurationSupplier()
                .connectionProviderClass(driver)
                .jdbcUrl(url)
                .autoCommit(false)
                .readOnly(!writable)
                .trackJdbcResources(false)
                .loginTimeout(CONNECTING)
                .addSecurityProvider(login -> login instanceof Login known ? known.properties() : null)
                .credential(secrets.login());
        boolean isPostgresql = Dialect.of(url) == Dialect.POSTGRESQL;
        if (isPostgresql) {
            postgresql(writable).forEach((key, value) -> connections.jdbcProperty((String) key, (String) value));
        }
        AgroalConnectionPoolConfigurationSupplier size = new AgroalConnectionPoolConfigurationSupplier()
                .connectionFactoryConfiguration(connections)
                .minSize(limits.poolSize())
                .maxSize(limits.poolSize() + limits.maxOverflow())
                .acquisitionTimeout(limits.poolTimeout())
                .maxLifetime(limits.poolRecycle())
                .reapTimeout(OVERFLOW_KEPT)
                .idleValidationTimeout(TRUSTED_IDLE)
                .connectionValidator(ConnectionValidator.defaultValidatorWithTimeout(VALIDATING_SECONDS));
        if (isPostgresql) {
            size.exceptionSorter(new PostgreSQLExceptionSorter());
        }
        return new ServerPool(AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .metricsEnabled(false)
                .connectionPoolConfiguration(size)
                .get()));
    }

    /** What the address may say otherwise. */
    private static Properties postgresql(boolean writable) {
        Properties settings = new Properties();
        settings.setProperty("ApplicationName", "mcp-server");
        settings.setProperty("tcpKeepAlive", "true");
        settings.setProperty("connectTimeout", "10");
        settings.setProperty("cancelSignalTimeout", "5");
        // One row may not fill the memory before it is counted.
        settings.setProperty("maxResultBuffer", "32M");
        if (!writable) {
            settings.setProperty("options", "-c default_transaction_read_only=on");
        }
        return settings;
    }

    @Override
    public Lease lend(boolean writes) throws SQLException, InterruptedException {
        try {
            Lent lent = new Lent(pool.getConnection());
            try {
                lent.connection().setReadOnly(!writes);
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

    @Override
    public void close() {
        pool.close();
    }

    private record Lent(Connection connection) implements Lease {

        @Override
        public void back() {
            try {
                connection.rollback();
                connection.close();
            } catch (SQLException e) {
                discard();
            }
        }

        @Override
        public void discard() {
            sever();
            Closing.quietly(connection);
        }

        @Override
        public void sever() {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException e) {
                System.getLogger(ServerPool.class.getName()).log(System.Logger.Level.DEBUG, "cutting a connection", e);
            }
        }
    }
}
