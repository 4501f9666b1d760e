package io.mcpserver.storage.lancedb;

import io.mcpserver.storage.lancedb.dataset.Lance;
import io.mcpserver.storage.lancedb.nativecode.CLibrary;
import java.io.IOException;
import java.lang.System.Logger.Level;

/**
 * Keeps the dataset small and quick: many small files become few, the index takes in what is new, old versions go. Done by
 * the thread that applies, between two batches, so that nobody who saves waits for it. What fails is tried another time.
 */
final class Maintenance {

    private static final System.Logger LOG = System.getLogger(Maintenance.class.getName());

    /** Versions after which the index takes in the new rows: until then each look for an id reads them all. */
    static final int INDEX_EVERY = 5;

    /** Versions after which files are put together and old versions go. */
    static final int COMPACT_EVERY = 50;

    /** Versions that stay although nobody reads them. */
    private static final int SPARE_VERSIONS = 3;

    private static final int BATCH_BYTES = 8_000_000;
    private static final int BATCH_ROWS = 1_024;

    private final Table table;
    private final Current current;
    private final int indexEvery;
    private final int compactEvery;
    private int sinceIndex;
    private int sinceCompaction;

    Maintenance(Table table, Current current, int indexEvery, int compactEvery) {
        this.table = table;
        this.current = current;
        this.indexEvery = indexEvery;
        this.compactEvery = compactEvery;
        // What was left by processes that ended before it was their turn.
        this.sinceCompaction = table.fragments();
        this.sinceIndex = sinceCompaction;
    }

    void afterWrite() {
        sinceIndex++;
        sinceCompaction++;
        boolean compact = sinceCompaction >= compactEvery;
        if (!compact && sinceIndex < indexEvery) {
            return;
        }
        if (!Lance.shared().upkeep().tryAcquire()) {
            return;
        }
        // Counted anew also where it fails, so that a fault does not make every write slow.
        sinceIndex = 0;
        sinceCompaction = compact ? 0 : sinceCompaction;
        try {
            putInOrder(compact);
        } catch (Exception e) {
            LOG.log(Level.WARNING, "The documents in {0} could not be put in order: {1}", table.path(), e.getMessage());
            table.stepBack();
        } finally {
            Lance.shared().upkeep().release();
        }
    }

    private void putInOrder(boolean compact) throws IOException {
        if (compact) {
            table.renew();
            table.compact(batchRows());
        }
        table.index();
        Snapshot newer = table.snapshot();
        current.update(state -> state.in(newer));
        if (compact) {
            table.dropVersionsBefore(Math.min(current.oldestVersion(), newer.version() - SPARE_VERSIONS));
        }
        CLibrary.trim();
    }

    /** As many rows as fit into a few megabytes, however large documents are. */
    private int batchRows() {
        int largest = current.state().totals().values().stream()
                .mapToInt(Totals::largest)
                .max()
                .orElse(0);
        return Math.clamp(BATCH_BYTES / Math.max(1, largest), 8, BATCH_ROWS);
    }
}
