package io.mcpserver.tool.source;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.source.driver.DriverLoader;
import io.mcpserver.tool.source.driver.DriverLoader.Work;
import io.mcpserver.tool.source.driver.DriverLoaders;
import io.mcpserver.tool.source.driver.DriverProblem;
import java.lang.System.Logger.Level;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Optional;

/** One opening of a source, by one definition of it; closed once it is retired and no call uses it. */
final class OpenSource implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(OpenSource.class.getName());

    private final ServerConfig.Source definition;
    private final ServerConfig.Database limits;
    private final SourceFault faults;
    private final Dialect dialect;
    private final SourcePool pool;
    private final Optional<DriverLoader> driver;
    private final DriverLoaders loaders;
    private int users;
    private boolean retired;
    private boolean closed;

    private OpenSource(
            ServerConfig.Source definition,
            ServerConfig.Database limits,
            SourceFault faults,
            Dialect dialect,
            SourcePool pool,
            Optional<DriverLoader> driver,
            DriverLoaders loaders) {
        this.definition = definition;
        this.limits = limits;
        this.faults = faults;
        this.dialect = dialect;
        this.pool = pool;
        this.driver = driver;
        this.loaders = loaders;
    }

    /** Makes the pool; connects to nothing yet. */
    static OpenSource open(
            String name, ServerConfig.Source definition, ServerConfig.Database limits, DriverLoaders loaders) {
        SourceSecrets secrets = new SourceSecrets(name, definition);
        String url = secrets.url();
        Dialect dialect = Dialect.of(url);
        SourceFault faults = new SourceFault(name, dialect, secrets);
        Optional<DriverLoader> driver = Optional.empty();
        try {
            driver = driver(definition, url, dialect, loaders);
            SourcePool pool = pool(name, secrets, definition.writable(), limits, driver);
            return new OpenSource(definition, limits, faults, dialect, pool, driver, loaders);
        } catch (SQLException e) {
            driver.ifPresent(loaders::giveBack);
            throw faults.connecting(e);
        } catch (DriverProblem e) {
            driver.ifPresent(loaders::giveBack);
            LOG.log(Level.WARNING, "The driver of the source {0} {1}", name, e.getMessage());
            throw new CodedException(
                    ErrorCode.UNSUPPORTED,
                    "The driver of the source %s cannot be used (sources.%s.driver); the log of the server says why."
                            .formatted(name, name),
                    e);
        } catch (RuntimeException e) {
            driver.ifPresent(loaders::giveBack);
            throw e;
        }
    }

    private static Optional<DriverLoader> driver(
            ServerConfig.Source definition, String url, Dialect dialect, DriverLoaders loaders) throws DriverProblem {
        return dialect.isForeign() && definition.driver().isPresent()
                ? Optional.of(loaders.take(definition.driver().get()))
                : Optional.empty();
    }

    private static SourcePool pool(
            String name,
            SourceSecrets secrets,
            boolean writable,
            ServerConfig.Database limits,
            Optional<DriverLoader> loader)
            throws SQLException, DriverProblem {
        String url = secrets.url();
        if (Dialect.of(url) == Dialect.DUCKDB) {
            return new EmbeddedPool(name, url, writable, limits);
        }
        if (loader.isEmpty()) {
            return ServerPool.open(name, secrets, writable, limits, Drivers.of(name, url));
        }
        Driver driver = loader.get().driver(url, Drivers.beginning(url));
        // Within it, since the thread that connects has the loader of the one that makes the pool.
        return loader.get().within(() -> ServerPool.open(name, secrets, writable, limits, driver));
    }

    boolean isFor(ServerConfig.Source asked, ServerConfig.Database limitsNow) {
        return definition.equals(asked) && limits.equals(limitsNow);
    }

    Dialect dialect() {
        return dialect;
    }

    SourceFault faults() {
        return faults;
    }

    boolean writable() {
        return definition.writable();
    }

    SourcePool pool() {
        return pool;
    }

    /** Does something as its driver expects it. */
    <T> T within(Work<T, SQLException> work) throws SQLException {
        return driver.isPresent() ? driver.get().within(work) : work.run();
    }

    synchronized void acquire() {
        users++;
    }

    synchronized void release() {
        users--;
        if (retired && users == 0) {
            close();
        }
    }

    synchronized void retire() {
        retired = true;
        if (users == 0) {
            close();
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        pool.close();
        driver.ifPresent(loaders::giveBack);
    }
}
