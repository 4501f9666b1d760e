package io.mcpserver.tool.source;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.source.driver.DriverLoaders;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
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
    private final DriverLoaders drivers = new DriverLoaders();
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

    /**
     * Why a source can never be opened, as far as its address and the files of its driver tell; empty if it can, or if
     * only its secrets can tell.
     */
    public static Optional<String> fault(ServerConfig.Source source) {
        return SourceCheck.address(source)
                .map(said -> said + ", as driver: below the source")
                .or(() -> SourceCheck.driver(source).map(said -> "has a driver that " + said));
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
            return new Turn<>(source, writes, work).run(threads);
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
        List<OpenSource> old = takeOld(config);
        try {
            OpenSource known = open.get(name);
            if (known == null) {
                known = OpenSource.open(name, definition, config.database(), drivers);
                open.put(name, known);
            }
            known.acquire();
            return known;
        } finally {
            // After the new one is there, so that both have the driver of the same loader.
            old.forEach(OpenSource::retire);
        }
    }

    /** Takes out what the configuration describes otherwise by now, or not at all. */
    private List<OpenSource> takeOld(ServerConfig config) {
        List<String> names = open.entrySet().stream()
                .filter(one -> definition(config, one.getKey())
                        .filter(now -> one.getValue().isFor(now, config.database()))
                        .isEmpty())
                .map(Map.Entry::getKey)
                .toList();
        return names.stream().map(open::remove).toList();
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
