package io.mcpserver.tool.source;

import io.agroal.api.AgroalDataSourceListener;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The driver's connections of one pool, so that none outlives the pool: one that is being made while the pool closes would,
 * and an embedded database would stay locked by it.
 *
 * <p>Threads: safe for any number of callers.
 */
final class OpenConnections implements AgroalDataSourceListener {

    /** So long is waited for one that is being made; later it is closed as soon as it is there. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Set<Connection> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private int connecting;
    private boolean closed;

    @Override
    public synchronized void beforeConnectionCreation() {
        connecting++;
    }

    @Override
    public void onConnectionCreation(Connection connection) {
        if (isLate(connection)) {
            // The pool interrupts its thread when it closes, and drivers with files do not close well then.
            Thread.interrupted();
            Closing.quietly(connection);
        }
        connected();
    }

    @Override
    public void onConnectionCreationFailure(SQLException failure) {
        connected();
    }

    @Override
    public synchronized void onConnectionDestroy(Connection connection) {
        open.remove(connection);
    }

    /** Closes what the pool left open. */
    void close() {
        long begin = System.nanoTime();
        boolean interrupted = false;
        List<Connection> left;
        synchronized (this) {
            closed = true;
            long wait = PATIENCE.toMillis();
            while (connecting > 0 && wait > 0) {
                try {
                    wait(wait);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
                wait = PATIENCE.toMillis()
                        - Duration.ofNanos(System.nanoTime() - begin).toMillis();
            }
            left = List.copyOf(open);
            open.clear();
        }
        left.forEach(Closing::quietly);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean isLate(Connection connection) {
        if (!closed) {
            open.add(connection);
        }
        return closed;
    }

    private synchronized void connected() {
        connecting--;
        notifyAll();
    }
}
