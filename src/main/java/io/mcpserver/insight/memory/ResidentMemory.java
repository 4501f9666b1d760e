package io.mcpserver.insight.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What of a process is in memory, as Linux counts it.
 *
 * @param rss bytes in memory
 * @param pss the same, what is shared with other processes divided among them
 * @param anonymous bytes that belong to no file
 * @param fileBacked bytes of mapped files: libraries, jars, the start-up cache, the search index
 * @param swapped bytes that were moved out
 */
public record ResidentMemory(long rss, long pss, long anonymous, long fileBacked, long swapped) {

    private static final long KIB = 1024;

    /** Empty where the system is not Linux. */
    public static Optional<ResidentMemory> ofProcess() {
        return of(Path.of("/proc/self/smaps_rollup"));
    }

    static Optional<ResidentMemory> of(Path rollup) {
        List<String> lines;
        try {
            lines = Files.readAllLines(rollup);
        } catch (IOException e) {
            return Optional.empty();
        }
        Map<String, Long> bytes = new HashMap<>();
        for (String line : lines) {
            String[] fields = line.split("\\s+");
            if (fields.length == 3 && fields[0].endsWith(":") && fields[2].equals("kB")) {
                bytes.put(fields[0], Long.parseLong(fields[1]) * KIB);
            }
        }
        long rss = bytes.getOrDefault("Rss:", 0L);
        long anonymous = bytes.getOrDefault("Anonymous:", 0L);
        return Optional.of(new ResidentMemory(
                rss,
                bytes.getOrDefault("Pss:", 0L),
                anonymous,
                Math.max(0, rss - anonymous),
                bytes.getOrDefault("Swap:", 0L)));
    }
}
