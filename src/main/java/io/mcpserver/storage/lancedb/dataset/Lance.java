package io.mcpserver.storage.lancedb.dataset;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.lancedb.nativecode.CLibrary;
import io.mcpserver.storage.lancedb.nativecode.LoadingClass;
import io.mcpserver.storage.lancedb.nativecode.NativeCode;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.lance.Dataset;
import org.lance.Session;

/**
 * What all stores of this process share: the native library, which is loaded when the first one is opened, the caches of
 * Lance, and the memory for values on their way in and out, both limited. Stays for the life of the process.
 */
public final class Lance {

    private static final long VALUES = 128L << 20;

    private static volatile Lance shared;

    /** Scans of contents at a time: each has buffers of 16 MiB, and takes all cores that it gets. */
    private static final int SCANS = 2;

    private final BufferAllocator allocator;
    private final LanceMemory memory;
    private Session session;

    /** The one before, which somebody may just have asked for. */
    private Session previous;

    private final Semaphore scans = new Semaphore(SCANS);

    private final Semaphore upkeep = new Semaphore(1);

    private Lance(BufferAllocator allocator, LanceMemory memory) {
        this.allocator = allocator;
        this.memory = memory;
        this.session = newSession(memory.indexCache(), memory);
    }

    private static Session newSession(long indexes, LanceMemory memory) {
        return Session.builder()
                .indexCacheSizeBytes(indexes)
                .metadataCacheSizeBytes(memory.metadataCache())
                .build();
    }

    /**
     * Loads it, if no store has done so.
     *
     * @param memory counts only the first time
     * @throws StoreException {@code UNSUPPORTED} where Lance has no native code for this system; {@code DISK_FULL},
     *     {@code STORE_READ_ONLY} or {@code STORE_UNAVAILABLE} if that cannot be unpacked or loaded
     */
    public static synchronized void load(LanceMemory memory) {
        if (shared != null) {
            return;
        }
        Path code = NativeCode.find(Dataset.class, LancePresence.FOLDER, LancePresence.NAME);
        try {
            CLibrary.prepare(memory.pool());
            LoadingClass.define(Dataset.class, code);
            // Arrow's own words for the one that is there; without them it looks around, and says so.
            System.setProperty("arrow.allocation.manager.type", "Unsafe");
            shared = new Lance(new RootAllocator(VALUES), memory);
        } catch (LinkageError | RuntimeException e) {
            throw new StoreException(
                    ErrorCode.STORE_UNAVAILABLE,
                    "The native code of the lancedb engine cannot be loaded: " + e
                            + "; set storage.type to duckdb, or install what it needs and start again.",
                    e);
        }
    }

    /** What was loaded. */
    public static Lance shared() {
        return shared;
    }

    public BufferAllocator allocator() {
        return allocator;
    }

    /** The caches for a dataset that is opened now. */
    public synchronized Session session() {
        return session;
    }

    /**
     * Begins with empty caches, for those who open a dataset from now on. Lance keeps something of every version, 200 KB
     * where there are few files, and counts so little of it that the limits of its caches do not hold.
     */
    public synchronized void renewSession() {
        if (previous != null) {
            previous.close();
        }
        previous = session;
        session = newSession(memory.indexCache(), memory);
    }

    /**
     * Caches for a dataset with an index of vectors, which stay as they are: Lance never lets go of such an index that is
     * in caches which are given up.
     */
    public Session lastingSession() {
        return newSession(memory.indexCache() / 2, memory);
    }

    /** Taken by whoever reads the contents of a whole collection, for as long as it takes. */
    public Semaphore scans() {
        return scans;
    }

    /**
     * Taken by whoever puts files together or builds an index, for as long as it takes: two at once would need more memory
     * than a small container has. Whoever does not get it does it another time.
     */
    public Semaphore upkeep() {
        return upkeep;
    }

    /** Bytes that Lance's caches and values on their way take; what it uses while it works is not in it. */
    public long bytes() {
        return allocator.getAllocatedMemory() + session().sizeBytes();
    }
}
