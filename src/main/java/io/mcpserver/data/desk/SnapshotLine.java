package io.mcpserver.data.desk;

import io.mcpserver.data.DataLine;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.StoreSnapshot;
import java.util.Set;

/** The way to a state of a store from before, which can only be read, once. */
public final class SnapshotLine implements DataLine {

    private static final String ID = "kept";

    private final SnapshotLines lines;
    private final String engine;
    private final String where;

    /**
     * @param snapshot closed with this
     * @param where whose state it is, in words
     */
    public SnapshotLine(StoreSnapshot snapshot, String engine, String where) {
        this.lines = new SnapshotLines(snapshot, Set.of(), true);
        this.engine = engine;
        this.where = where;
    }

    @Override
    public String ask(Operation operation, String body) {
        return switch (operation) {
            case SNAPSHOT -> lines.describe(ID, engine);
            case PAGE -> lines.next();
            case END -> "{}";
            case IMPORT, REPLACE, STATS, SWAP ->
                throw new StoreException(ErrorCode.UNSUPPORTED, "A state from before can only be read.");
        };
    }

    @Override
    public String where() {
        return where;
    }

    @Override
    public void close() {
        lines.close();
    }
}
