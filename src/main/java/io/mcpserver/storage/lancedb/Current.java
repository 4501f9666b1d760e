package io.mcpserver.storage.lancedb;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The state of the store now, which readers look at and the writer and whoever applies replace. */
final class Current {

    private final List<Snapshot> retired = new ArrayList<>();
    private volatile State state;

    Current(State state) {
        this.state = state;
    }

    State state() {
        return state;
    }

    View view() {
        while (true) {
            State now = state;
            if (now.snapshot().lend()) {
                return new View(now);
            }
        }
    }

    /** Replaces the state; a snapshot that is no longer in it is retired. */
    synchronized void update(UnaryOperator<State> change) {
        Snapshot before = state.snapshot();
        state = change.apply(state);
        if (state.snapshot() != before) {
            before.retire();
            retired.removeIf(Snapshot::isClosed);
            if (!before.isClosed()) {
                retired.add(before);
            }
        }
    }

    /** The oldest version that somebody reads, or may begin to. */
    synchronized long oldestVersion() {
        retired.removeIf(Snapshot::isClosed);
        return retired.stream()
                .mapToLong(Snapshot::version)
                .reduce(state.snapshot().version(), Math::min);
    }

    void close() {
        state.snapshot().retire();
    }
}
