package io.mcpserver.insight;

import javax.management.MXBean;

/**
 * What a running server tells of itself, or does when its operator asks, each as one JSON object; no secret is among it.
 *
 * <p>Threads: safe for any number of callers.
 */
@MXBean
public interface ServerInsight {

    /** The name under which JMX knows it. */
    String NAME = "io.mcpserver:type=Server";

    /** Version, configuration, address, store, clients, tools and the last errors. */
    String status();

    /**
     * Where the memory is, see {@link io.mcpserver.insight.memory.MemoryReport}.
     *
     * @param classes how many of the largest classes are told; 0 for none
     * @param live whether the heap is collected first, which pauses the server, so that only what is used counts
     */
    String memory(int classes, boolean live);

    /** The tool files: what each offers, which are quarantined, and why. */
    String toolFiles();

    /** How long tools and the store took since the start, see {@link Latencies}. */
    String latencies();

    /**
     * Reads the configuration again and says what that did.
     *
     * @param dryRun whether nothing is to change
     */
    String reload(boolean dryRun);

    /**
     * Has something done with the data, see {@code io.mcpserver.data.DataLine}.
     *
     * @return a JSON object, or lines of JSON
     */
    String data(String operation, String body);

    /** The generation of the configuration in force, and the last ten reloads. */
    String reloads();
}
