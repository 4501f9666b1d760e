package io.mcpserver.tool.source;

import io.mcpserver.config.ServerConfig;
import java.sql.SQLException;

/** One opening of a source, by one definition of it; closed once it is retired and no call uses it. */
final class OpenSource implements AutoCloseable {

    private final ServerConfig.Source definition;
    private final ServerConfig.Database limits;
    private final Dialect dialect;
    private final SourcePool pool;
    private int users;
    private boolean retired;

    private OpenSource(ServerConfig.Source definition, ServerConfig.Database limits, Dialect dialect, SourcePool pool) {
        this.definition = definition;
        this.limits = limits;
        this.dialect = dialect;
        this.pool = pool;
    }

    /** Makes the pool; connects to nothing yet. */
    static OpenSource open(String name, ServerConfig.Source definition, ServerConfig.Database limits) {
        SourceSecrets secrets = new SourceSecrets(name, definition);
        String url = secrets.url();
        Dialect dialect = Dialect.of(url);
        try {
            SourcePool pool = dialect == Dialect.DUCKDB
                    ? new EmbeddedPool(name, url, definition.writable(), limits)
                    : ServerPool.open(name, secrets, definition.writable(), limits);
            return new OpenSource(definition, limits, dialect, pool);
        } catch (SQLException e) {
            throw new SourceFault(name, dialect).of(e);
        }
    }

    boolean isFor(ServerConfig.Source asked, ServerConfig.Database limitsNow) {
        return definition.equals(asked) && limits.equals(limitsNow);
    }

    Dialect dialect() {
        return dialect;
    }

    boolean writable() {
        return definition.writable();
    }

    SourcePool pool() {
        return pool;
    }

    synchronized void acquire() {
        users++;
    }

    synchronized void release() {
        users--;
        if (retired && users == 0) {
            pool.close();
        }
    }

    synchronized void retire() {
        retired = true;
        if (users == 0) {
            pool.close();
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
