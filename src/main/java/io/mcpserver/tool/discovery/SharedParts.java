package io.mcpserver.tool.discovery;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * What tools of files share, one of each type, made when first asked for.
 *
 * <p>Threads: safe for any number of callers. Closing: idempotent, the last made first; nothing is made after it.
 */
public final class SharedParts implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(SharedParts.class);

    private final Map<Class<?>, AutoCloseable> parts = new HashMap<>();
    private final Deque<AutoCloseable> made = new ArrayDeque<>();
    private boolean closed;

    /** The one of a type. */
    public synchronized <T extends AutoCloseable> T get(Class<T> type, Supplier<T> maker) {
        if (closed) {
            throw new IllegalStateException("The server is ending.");
        }
        AutoCloseable known = parts.get(type);
        if (known == null) {
            known = maker.get();
            parts.put(type, known);
            made.push(known);
        }
        return type.cast(known);
    }

    @Override
    public synchronized void close() {
        closed = true;
        for (AutoCloseable part = made.poll(); part != null; part = made.poll()) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.warnf("What tools of files share could not be closed: %s", e.toString());
            }
        }
    }
}
