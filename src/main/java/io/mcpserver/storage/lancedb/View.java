package io.mcpserver.storage.lancedb;

import io.mcpserver.storage.thread.ReadTurn;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** A look at a version by itself. */
    static View of(Snapshot snapshot) {
        if (!snapshot.lend()) {
            throw new IllegalStateException("The version " + snapshot.version() + " is closed");
        }
        return new View(new State(Overlay.EMPTY, snapshot, Map.of(), Map.of(), 0), new ReadTurn());
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

    Optional<List<RowReader.Wanted>> places(Collection<String> keys) {
        return state.snapshot().places(keys);
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
