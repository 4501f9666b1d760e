package io.mcpserver.storage.service;

import io.mcpserver.storage.Change;
import io.mcpserver.storage.ChangeListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tells the index of every change, and then whoever else listens; none of them can harm another. */
final class Announcer {

    private static final Logger LOG = System.getLogger(Announcer.class.getName());

    private final List<ChangeListener> listeners = new CopyOnWriteArrayList<>();

    void add(ChangeListener listener) {
        listeners.add(listener);
    }

    /** Tells whoever listens, but not the index. */
    void tell(List<Change> changes) {
        listeners.forEach(listener -> tell(listener, changes));
    }

    /** The listener for the engine: the index first. */
    ChangeListener after(ChangeListener index) {
        return changes -> {
            try {
                index.committed(changes);
            } finally {
                listeners.forEach(listener -> tell(listener, changes));
            }
        };
    }

    private static void tell(ChangeListener listener, List<Change> changes) {
        try {
            listener.committed(changes);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "A listener of changes failed, and has missed some", e);
        }
    }
}
