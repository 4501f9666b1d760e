package io.mcpserver.storage.lancedb.dataset;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * How {@code storage.cache_size} is shared out.
 *
 * @param total bytes
 */
public record LanceMemory(long total) {

    private static final long SMALLEST = 96L << 20;
    private static final long LARGEST = 1L << 30;

    /** What was asked for, within what the engine needs and what the machine can spare. */
    public static LanceMemory of(long cacheSize) {
        return of(
                cacheSize,
                ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine
                        ? machine.getTotalMemorySize()
                        : 4 * SMALLEST);
    }

    public static LanceMemory of(long cacheSize, long machine) {
        return new LanceMemory(Math.clamp(cacheSize, SMALLEST, Math.max(SMALLEST, Math.min(LARGEST, machine / 4))));
    }

    /** Bytes of indexes that stay in memory. */
    public long indexCache() {
        return total / 2;
    }

    /** Bytes of what is known of files that stay in memory. */
    public long metadataCache() {
        return total / 12;
    }

    /** Bytes that sorting and joining may take. */
    public long pool() {
        return total / 3 * 2;
    }
}
