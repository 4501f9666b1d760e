package io.mcpserver.storage.lancedb.passages;

import io.mcpserver.storage.lancedb.dataset.OpenVersion;
import org.lance.Dataset;

/** A version of the passages that searches look at. */
final class PassageVersion extends OpenVersion {

    private static final int UNKNOWN = -1;

    private volatile int pending = UNKNOWN;

    PassageVersion(Dataset dataset) {
        super(dataset);
    }

    /** How many passages wait for their vectors; counted once, because every search by meaning asks. */
    int pending() {
        if (pending == UNKNOWN) {
            pending = Math.toIntExact(dataset().countRows(Columns.PENDING));
        }
        return pending;
    }
}
