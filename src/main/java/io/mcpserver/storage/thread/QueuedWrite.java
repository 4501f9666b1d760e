package io.mcpserver.storage.thread;

/** What the queue must know of a write to make it part of a group. */
public interface QueuedWrite {

    /** Bytes that the write adds; 0 if it frees room. */
    default long bytes() {
        return 0;
    }

    /** Whether the write shares a group with nobody. */
    default boolean alone() {
        return false;
    }
}
