package io.mcpserver.storage.lancedb.dataset;

import java.util.ArrayList;
import java.util.List;

/** Versions that no new reader gets, of which some are still read. Threads: safe for any number. */
public final class RetiredVersions {

    private final List<OpenVersion> read = new ArrayList<>();

    /** Retires a version. */
    public synchronized void add(OpenVersion version) {
        version.retire();
        read.removeIf(OpenVersion::isClosed);
        if (!version.isClosed()) {
            read.add(version);
        }
    }

    /**
     * The oldest version that somebody reads, or may begin to.
     *
     * @param newest that of the readers to come
     */
    public synchronized long oldest(long newest) {
        read.removeIf(OpenVersion::isClosed);
        return read.stream().mapToLong(OpenVersion::version).reduce(newest, Math::min);
    }
}
