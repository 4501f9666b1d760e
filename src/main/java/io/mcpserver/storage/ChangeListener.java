package io.mcpserver.storage;

import java.util.List;

/**
 * Hears of every change after it became durable and before it is acknowledged.
 *
 * <p>Called on the store's writer thread, in the order of {@link Change#sequence}. It must not call
 * back into the store's write operations. What it throws is logged and does not fail the write: a
 * derived index catches up with {@link DocumentStore#changes} instead.
 */
@FunctionalInterface
public interface ChangeListener {

    ChangeListener NONE = changes -> {};

    void committed(List<Change> changes);
}
