package io.mcpserver.tool.source;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The sources that are open: each is opened by the first call that needs it, and anew once the configuration says
 * something else of it; calls that run then end on the old one.
 *
 * <p>Threads: safe for any number of callers. Closing: idempotent; running calls lose their connections.
 */
public final class Sources implements AutoCloseable {

    /** A source that is there without being configured: an empty DuckDB in memory, to compute with what is given. */
    public static final String MEMORY = "memory";

    private static final ServerConfig.Source IN_MEMORY =
            new ServerConfig.Source("jdbc:duckdb:", Optional.empty(), Optional.empty(), false);

    private final Map<String, OpenSource> open = new HashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("sql-source-", 1).factory());
    private boolean closed;

    /** What the configuration says of a source, or what is built in; empty if nobody knows it. */
    public static Optional<ServerConfig.Source> definition(ServerConfig config, String name) {
        ServerConfig.Source configured = config.sources().get(name);
        return configured == null && name.equals(MEMORY) ? Optional.of(IN_MEMORY) : Optional.ofNullable(configured);
    }

    /** The names that {@link #definition} knows, for people. */
    public static String names(ServerConfig config) {
        TreeSet<String> names = new TreeSet<>(config.sources().keySet());
        names.add(MEMORY);
        return String.join(", ", names);
    }

    /** Why an address can never be opened; empty if it can, or if only its secrets can tell. */
    public static Optional<String> fault(ServerConfig.Source source) {
        String url = source.url();
        return url.startsWith("${") || Dialect.of(url) != Dialect.OTHER
                ? Optional.empty()
                : Optional.of("has an address that begins with " + Drivers.beginning(url)
                        + ", for which this server has no driver; it has drivers for " + Drivers.KNOWN);
    }

    /**
     * Does something on a connection of a source, in a transaction that is undone unless the work commits it.
     *
     * <p>Unless it writes, the database lets it change nothing. When the caller is interrupted, the database is told to stop, and the connection is not used again.
     *
     * @throws CodedException {@code STORE_UNAVAILABLE} if the database is away or no connection is free in time, and what
     *     {@link SourceFault} makes of the rest
     */
    public <T> T use(String name, ServerConfig config, boolean writes, Work<T> work) throws InterruptedException {
        OpenSource source = source(name, config);
        try {
            if (writes && !source.writable()) {
                throw new CodedException(
                        ErrorCode.UNSUPPORTED,
                        "The source %s is not writable any more (sources.%s.writable).".formatted(name, name));
            }
            return new Turn<>(name, source, writes, work).run(threads);
        } finally {
            source.release();
        }
    }

    private synchronized OpenSource source(String name, ServerConfig config) {
        if (closed) {
            throw new CodedException(ErrorCode.STORE_UNAVAILABLE, "The server is stopping; try again when it is back.");
        }
        ServerConfig.Source definition = definition(config, name)
                .orElseThrow(() -> new CodedException(
                        ErrorCode.UNSUPPORTED,
                        "There is no source %s in the configuration any more; the operator has to name one of %s."
                                .formatted(name, names(config))));
        OpenSource known = open.get(name);
        if (known == null || !known.isFor(definition, config.database())) {
            if (known != null) {
                known.retire();
            }
            known = OpenSource.open(name, definition, config.database());
            open.put(name, known);
        }
        known.acquire();
        return known;
    }

    @Override
    public synchronized void close() {
        closed = true;
        open.values().forEach(OpenSource::close);
        open.clear();
        threads.shutdownNow();
    }

    /** What is done on a connection. */
    @FunctionalInterface
    public interface Work<T> {

        T on(Session session) throws SQLException;
    }
}
