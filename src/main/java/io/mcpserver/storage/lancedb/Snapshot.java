package io.mcpserver.storage.lancedb;

import org.lance.Dataset;

/**
 * One version of the dataset, which stays open until it was retired and the last reader has given it back. Threads: safe
 * for any number.
 */
final class Snapshot {

    private final Dataset dataset;
    private final long version;
    private int readers;
    private boolean retired;

    Snapshot(Dataset dataset) {
        this.dataset = dataset;
        this.version = dataset.version();
    }

    Dataset dataset() {
        return dataset;
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
