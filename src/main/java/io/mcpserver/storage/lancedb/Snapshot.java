package io.mcpserver.storage.lancedb;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.lance.Dataset;

/**
 * One version of the dataset, which stays open until it was retired and the last reader has given it back. Threads: safe
 * for any number.
 */
final class Snapshot {

    private final Dataset dataset;
    private final Places places;
    private final long version;
    private int readers;
    private boolean retired;

    /** Of a version whose places nobody knows. */
    Snapshot(Dataset dataset) {
        this(dataset, new Places());
    }

    Snapshot(Dataset dataset, Places places) {
        this.dataset = dataset;
        this.places = places;
        this.version = dataset.version();
    }

    Dataset dataset() {
        return dataset;
    }

    /** Where those of some keys are that may be there; empty if that is not known. */
    Optional<List<RowReader.Wanted>> places(Collection<String> keys) {
        return places.find(version, keys);
    }

    long version() {
        return version;
    }

    /** Keeps it open for a reader; false if it is closed already, and a newer one is there. */
    synchronized boolean lend() {
        if (retired && readers == 0) {
            return false;
        }
        readers++;
        return true;
    }

    synchronized void giveBack() {
        readers--;
        closeIfDone();
    }

    /** Says that no new reader comes. */
    synchronized void retire() {
        if (!retired) {
            retired = true;
            closeIfDone();
        }
    }

    synchronized boolean isClosed() {
        return retired && readers == 0;
    }

    private void closeIfDone() {
        if (retired && readers == 0) {
            dataset.close();
        }
    }
}
