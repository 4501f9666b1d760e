package io.mcpserver.storage.thread;

import java.util.List;

/**
 * Writes a group of writes, so that all of them pay for one flush of the disk. Called by the thread of a {@link WriteQueue}
 * only.
 *
 * @param <K> the engine's kind of ticket
 */
public interface GroupWriter<K extends WriteTicket<?>> {

    /** Writes a group; each ticket gets its own outcome, and every one has it when this returns. Throws nothing. */
    void write(List<K> group);

    /** Called before a group is made of what waits; as long as it waits, callers may still withdraw. */
    default void awaitRoom() {}

    /** Called once when no write has come for a while. Throws nothing. */
    default void rest() {}
}
