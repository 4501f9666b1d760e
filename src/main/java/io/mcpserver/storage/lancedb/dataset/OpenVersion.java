package io.mcpserver.storage.lancedb.dataset;

import org.lance.Dataset;

/**
 * One version of a dataset, which stays open until it was retired and the last reader has given it back. Threads: safe
 * for any number.
 */
public class OpenVersion {

    private final Dataset dataset;
    private final long version;
    private int readers;
    private boolean retired;

    /** @param dataset a handle of its own */
    public OpenVersion(Dataset dataset) {
        this.dataset = dataset;
        this.version = dataset.version();
    }

    public final Dataset dataset() {
        return dataset;
    }

    public final long version() {
        return version;
    }

    /** Keeps it open for a reader; false if it is closed already, and a newer one is there. */
    public final synchronized boolean lend() {
        if (retired && readers == 0) {
            return false;
        }
        readers++;
        return true;
    }

    public final synchronized void giveBack() {
        readers--;
        closeIfDone();
    }

    /** Says that no new reader comes. */
    public final synchronized void retire() {
        if (!retired) {
            retired = true;
            closeIfDone();
        }
    }

    final synchronized boolean isClosed() {
        return retired && readers == 0;
    }

    private void closeIfDone() {
        if (retired && readers == 0) {
            dataset.close();
        }
    }
}
