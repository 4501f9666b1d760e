package io.mcpserver.storage.fault;

import java.util.List;
import java.util.Random;

/**
 * What the system does to a process.
 *
 * @param calls system calls that fail; empty where files are bounded instead
 * @param error that they fail with
 * @param first of each thread's calls that fails, counted from 1
 * @param last of them
 * @param largestFile bytes beyond which no file grows: what crosses the bound is written in part, what comes after fails
 */
record Fault(List<String> calls, String error, int first, int last, long largestFile) {

    private static final List<String> FLUSHES = List.of("fsync", "fdatasync");
    private static final List<String> NAMES = List.of("rename", "renameat", "renameat2", "link", "linkat");
    private static final List<String> DELETIONS = List.of("unlink", "unlinkat");

    /**
     * The kinds, in turn; which of the calls is hit, and for how long, is by chance.
     *
     * @param writes calls that write files, and nothing else that never fails
     */
    static Fault of(int round, List<String> writes, Random random) {
        return switch (round % 10) {
            case 0 -> calls(FLUSHES, "EIO", random, 25, 1);
            case 1 -> calls(writes, "ENOSPC", random, 40, 4);
            case 2 -> shortWrites(1_000 + random.nextInt(300_000));
            case 3 -> calls(NAMES, "EIO", random, 6, 2);
            case 4 -> calls(List.of("fsync", "fdatasync", "ftruncate"), "EIO", random, 20, 2);
            case 5 -> calls(writes, "EIO", random, 40, 1);
            case 6 -> calls(DELETIONS, "EIO", random, 6, 2);
            case 7 -> calls(FLUSHES, "EIO", random, 15, 60);
            case 8 -> calls(List.of("openat"), "EMFILE", random, 30, 3);
            default -> calls(writes, "ENOSPC", random, 30, 60);
        };
    }

    private static Fault calls(List<String> calls, String error, Random random, int latest, int most) {
        int first = 1 + random.nextInt(latest);
        return new Fault(calls, error, first, first + random.nextInt(most), 0);
    }

    private static Fault shortWrites(long largestFile) {
        return new Fault(List.of(), "EFBIG", 0, 0, largestFile);
    }

    boolean bounded() {
        return calls.isEmpty();
    }

    @Override
    public String toString() {
        return bounded()
                ? "no file beyond " + largestFile + " bytes"
                : error + " for " + String.join(",", calls) + " " + first + " to " + last + " of each thread";
    }
}
