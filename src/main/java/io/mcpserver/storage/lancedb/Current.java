package io.mcpserver.storage.lancedb;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.lancedb.dataset.RetiredVersions;
import io.mcpserver.storage.thread.ReadTurn;
import java.util.function.UnaryOperator;

/** The state of the store now, which readers look at and the writer and whoever applies replace. */
final class Current {

    private final RetiredVersions retired = new RetiredVersions();
    private volatile State state;
    private volatile boolean closed;

    Current(State state) {
        this.state = state;
    }

    State state() {
        return state;
    }

    /** A view that nobody gives up. */
    View view() {
        return view(new ReadTurn());
    }

    View view(ReadTurn turn) {
        while (!closed) {
            State now = state;
            if (now.snapshot().lend()) {
                return new View(now, turn);
            }
        }
        throw new StoreException(ErrorCode.STORE_UNAVAILABLE, "The store is closed.");
    }

    /** Replaces the state; a snapshot that is no longer in it is retired. */
    synchronized void update(UnaryOperator<State> change) {
        Snapshot before = state.snapshot();
        state = change.apply(state);
        if (state.snapshot() != before) {
            retired.add(before);
        }
    }

    /** The oldest version that somebody reads, or may begin to. */
    synchronized long oldestVersion() {
        return retired.oldest(state.snapshot().version());
    }

    /** Ends it: whoever asks for a view from now on is refused. */
    void close() {
        closed = true;
        state.snapshot().retire();
    }
}
