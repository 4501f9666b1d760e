package io.mcpserver.cli;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.data.DataLine;
import io.mcpserver.data.desk.SnapshotLine;
import io.mcpserver.data.migrate.Migration;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.service.Engines;
import java.time.Instant;
import java.util.List;

/** States from before that a store keeps; read beside the server that has the store, without asking it. */
final class KeptState {

    private KeptState() {}

    /**
     * The newest that was current at a time.
     *
     * @throws StoreException {@code NOT_FOUND} if none reaches so far back, or none is kept
     */
    static Instant until(ServerConfig config, Instant time) {
        DataOptions.requireStore(config);
        List<Instant> kept = Engines.find(Migration.engine(config.storage())).keptStates(config.storage());
        if (kept.isEmpty()) {
            throw new StoreException(
                    ErrorCode.NOT_FOUND,
                    "No states from before are kept in %s: the engine lancedb keeps them from when storage.history is set, and this is %s."
                            .formatted(config.storage().path(), Migration.engine(config.storage())));
        }
        return kept.reversed().stream()
                .filter(state -> !state.isAfter(time))
                .findFirst()
                .orElseThrow(() -> new StoreException(
                        ErrorCode.NOT_FOUND,
                        "The states that are kept in %s reach back to %s, and not to %s."
                                .formatted(config.storage().path(), kept.getFirst(), time)));
    }

    static DataLine open(ServerConfig config, Instant state) {
        return new SnapshotLine(
                Engines.find(Migration.engine(config.storage())).openKept(config.storage(), state),
                Migration.engine(config.storage()),
                "the state of %s in %s".formatted(state, config.storage().path()));
    }
}
