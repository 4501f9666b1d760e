package io.mcpserver.storage.thread;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.StoreException;

/** One read, which another thread may give up. An engine extends it where it can end what runs. */
public class ReadTurn {

    private volatile boolean givenUp;

    /** Says that nobody waits for it any more; it may go on to its next {@link #requireWanted}. */
    public void giveUp() {
        givenUp = true;
    }

    /**
     * Called between steps of a read.
     *
     * @throws StoreException {@code TIMEOUT} if it was given up
     */
    public final void requireWanted() {
        if (givenUp) {
            throw refusal();
        }
    }

    static StoreException refusal() {
        return new StoreException(ErrorCode.TIMEOUT, "The read was given up before it was done.");
    }
}
