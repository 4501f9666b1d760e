package io.mcpserver.storage.journal;

import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.thread.QueuedWrite;
import java.util.List;

/**
 * One caller's write: all of it happens, or nothing.
 *
 * @param <T> what the caller gets for it
 */
public interface JournalWrite<T> extends QueuedWrite {

    /**
     * Decides the write, on the writer's thread.
     *
     * @throws StoreException if it cannot be done; the other writes of the group go on
     */
    T in(Decision decision);

    /** The ids whose heads the write is likely to need; they are looked up together. */
    default List<DocumentKey> keys() {
        return List.of();
    }

    /** Whether the write must see all writes before it as reads see them, and so shares a group with nobody. */
    @Override
    default boolean alone() {
        return false;
    }

    /**
     * Whether the engine cannot apply what waits before this write is done, so that it goes through although the backlog is
     * full. Such a write may be submitted from {@link JournaledEngine#apply}.
     */
    default boolean urgent() {
        return false;
    }
}
