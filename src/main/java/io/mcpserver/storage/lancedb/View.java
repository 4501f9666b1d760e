package io.mcpserver.storage.lancedb;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.StoreException;
import org.lance.Dataset;

/** One reader's look at the store: a state whose snapshot stays open until this is closed. One thread; another may cancel. */
final class View implements AutoCloseable {

    private final State state;
    private volatile boolean cancelled;

    /** @param state whose snapshot was lent for this view */
    View(State state) {
        this.state = state;
    }

    State state() {
        return state;
    }

    Overlay overlay() {
        return state.overlay();
    }

    Dataset dataset() {
        return state.snapshot().dataset();
    }

    void cancel() {
        cancelled = true;
    }

    /** Called between batches, for Lance itself cannot be interrupted. */
    void requireWanted() {
        if (cancelled) {
            throw new StoreException(ErrorCode.TIMEOUT, "The read was given up before it was done.");
        }
    }

    @Override
    public void close() {
        state.snapshot().giveBack();
    }
}
