package io.mcpserver.insight.profile;

import io.mcpserver.insight.LatencyReport;
import java.util.List;

/**
 * What a flight recording tells, in numbers for people.
 *
 * @param seconds how long it was recorded
 * @param flames the stacks of the samples of running threads
 * @param hot methods by samples in themselves
 * @param allocationsByClass bytes, by class
 * @param allocationsBySite bytes, by the innermost method of this program
 * @param pauses of the garbage collector, in their order
 * @param heapAfter bytes in use after the last collection; 0 if there was none
 * @param heapLimit bytes of the heap at most
 * @param locks milliseconds that threads waited for locks, by class and where
 * @param files milliseconds of reading, writing and flushing files, by what and which; only what took a millisecond
 * @param processCpu share of all processors that this process took on average, 0 to 1; likewise of the whole machine
 * @param pinned times that a virtual thread kept its carrier waiting
 */
record Profile(
        double seconds,
        FlameNode flames,
        List<Tally.Entry> hot,
        List<Tally.Entry> allocationsByClass,
        List<Tally.Entry> allocationsBySite,
        double allocatedBytes,
        List<Pause> pauses,
        long heapAfter,
        long heapLimit,
        List<Tally.Entry> locks,
        double lockMillis,
        List<Tally.Entry> files,
        double fileMillis,
        double processCpu,
        double machineCpu,
        Tally.Entry pinned,
        LatencyReport latencies) {

    /**
     * One pause of the garbage collector.
     *
     * @param atSeconds after the beginning of the recording
     */
    record Pause(double atSeconds, double millis, String collector, String cause) {}

    double pauseMillis() {
        return pauses.stream().mapToDouble(Pause::millis).sum();
    }

    double longestPauseMillis() {
        return pauses.stream().mapToDouble(Pause::millis).max().orElse(0);
    }

    /** Share of the time that the garbage collector stopped everything, 0 to 1. */
    double pauseShare() {
        return pauseMillis() / 1_000 / seconds;
    }
}
