package io.mcpserver.storage.lancedb;

import io.mcpserver.storage.thread.ReadTurn;
import org.lance.Dataset;

/** One reader's look at the store: a state whose snapshot stays open until this is closed. One thread; another may cancel. */
final class View implements AutoCloseable {

    private final State state;
    private final ReadTurn turn;

    /** @param state whose snapshot was lent for this view */
    View(State state, ReadTurn turn) {
        this.state = state;
        this.turn = turn;
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

    /** Called between batches, for Lance itself cannot be interrupted. */
    void requireWanted() {
        turn.requireWanted();
    }

    @Override
    public void close() {
        state.snapshot().giveBack();
    }
}
