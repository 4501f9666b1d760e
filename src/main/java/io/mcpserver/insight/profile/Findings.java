package io.mcpserver.insight.profile;

import io.mcpserver.insight.Latencies;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What to do about a profile: rules with thresholds, in the order of how much each matters. */
final class Findings {

    private static final double MUCH_COLLECTION = 0.10;
    private static final double LONG_PAUSE_MILLIS = 200;
    private static final double FULL_HEAP = 0.80;
    private static final double BUSY_LOCK = 0.05;
    private static final double BUSY_PROCESSOR = 0.85;
    private static final double HOT_METHOD = 0.20;
    private static final double MANY_BYTES_A_SECOND = 300e6;
    private static final double LONG_FILE_MILLIS = 100;
    private static final double FILE_SHARE = 0.20;
    private static final double SLOW_MILLIS = 500;
    private static final double MANY_ERRORS = 0.05;
    private static final double PINNED_SHARE = 0.01;
    private static final long FEW_SAMPLES = 50;

    private final Profile profile;
    private final List<Finding> findings = new ArrayList<>();

    private Findings(Profile profile) {
        this.profile = profile;
    }

    /** The findings, what matters most first; empty where nothing stands out. */
    static List<Finding> of(Profile profile) {
        return new Findings(profile).all();
    }

    private List<Finding> all() {
        collection();
        locks();
        processor();
        files();
        profile.latencies().tools().forEach(tool -> latency(tool, "tool"));
        profile.latencies().store().forEach(operation -> latency(operation, "store operation"));
        if (profile.pinned().total() / 1_000 / profile.seconds() > PINNED_SHARE) {
            add(
                    0.3,
                    "Virtual threads held their carrier for %.0f ms"
                            .formatted(profile.pinned().total()),
                    "Look for native calls on virtual threads in the flame graph; move them to a pool of their own.");
        }
        findings.sort(Comparator.comparingDouble(Finding::weight).reversed());
        return List.copyOf(findings);
    }

    private void collection() {
        if (profile.pauseShare() > MUCH_COLLECTION) {
            add(
                    2 + profile.pauseShare(),
                    "The garbage collector stopped the server for %.0f %% of the time"
                            .formatted(100 * profile.pauseShare()),
                    "Give it more heap (MCP_JAVA_OPTS=-Xmx…, or a larger memory limit), or see under Allocations who makes"
                            + " the most garbage.");
        }
        if (profile.longestPauseMillis() > LONG_PAUSE_MILLIS) {
            add(
                    1 + profile.longestPauseMillis() / 10_000,
                    "One pause of the garbage collector took %.0f ms".formatted(profile.longestPauseMillis()),
                    "With more than 2 GB of heap and two processors, MCP_JAVA_OPTS=-XX:+UseG1GC makes pauses shorter.");
        }
        double full = profile.heapLimit() == 0 ? 0 : (double) profile.heapAfter() / profile.heapLimit();
        if (full > FULL_HEAP) {
            add(
                    3 + full,
                    "After a collection, %.0f %% of the heap's limit are still in use".formatted(100 * full),
                    "Raise the memory limit before the server ends for want of memory; mcp-server memory --live shows"
                            + " what is kept.");
        }
        double rate = profile.allocatedBytes() / profile.seconds();
        if (rate > MANY_BYTES_A_SECOND) {
            add(
                    0.2 + rate / 1e10,
                    "%.0f MB of objects are made each second".formatted(rate / 1e6),
                    "The first rows under Allocations, by site, are where less could be made.");
        }
    }

    private void locks() {
        profile.locks().stream()
                .filter(lock -> lock.total() / 1_000 / profile.seconds() > BUSY_LOCK)
                .limit(3)
                .forEach(lock -> add(
                        1 + lock.total() / 1_000 / profile.seconds(),
                        "Threads waited %.0f ms for %s".formatted(lock.total(), lock.name()),
                        "Calls stand in line there. Fewer, larger calls (storage_save takes 1,000 documents) wait less;"
                                + " for reads, raise storage.connection_pool_size."));
    }

    private void processor() {
        if (profile.machineCpu() > BUSY_PROCESSOR) {
            boolean ours = profile.processCpu() * 2 > profile.machineCpu();
            add(
                    1.5,
                    "The processors are busy for %.0f %%, %.0f %% by this server"
                            .formatted(100 * profile.machineCpu(), 100 * profile.processCpu()),
                    ours
                            ? "The widest frames of the flame graph are what to make cheaper; else give the server more"
                                    + " processors."
                            : "Other programs take most of them: move those away, or promise this server its own share.");
        }
        long samples = profile.flames().total();
        profile.hot().stream()
                .filter(method -> samples >= FEW_SAMPLES && method.total() / samples > HOT_METHOD)
                .limit(2)
                .forEach(method -> add(
                        0.5 + method.total() / samples,
                        "%.0f %% of the running time is spent in %s"
                                .formatted(100 * method.total() / samples, method.name()),
                        advice(method.name())));
    }

    private static String advice(String method) {
        if (method.startsWith("ai.onnxruntime") || method.startsWith("ai.djl")) {
            return "This is the embedding model at work on saved and searched text. Save in larger batches, or set"
                    + " embedding.model: none where search by words is enough.";
        }
        if (method.startsWith("org.duckdb")) {
            return "This is the storage engine. Filters on an id or fewer fields, smaller limits and larger batches make it"
                    + " do less.";
        }
        return "Search for it in the flame graph to see who calls it.";
    }

    private void files() {
        Optional<Tally.Entry> slowest = profile.files().stream().max(Comparator.comparingDouble(Tally.Entry::most));
        double share = profile.fileMillis() / 1_000 / profile.seconds();
        if (slowest.isPresent() && (slowest.get().most() > LONG_FILE_MILLIS || share > FILE_SHARE)) {
            add(
                    1 + share,
                    "Files took %.0f ms together, and to %s once took %.0f ms"
                            .formatted(
                                    profile.fileMillis(),
                                    slowest.get().name(),
                                    slowest.get().most()),
                    "The disk is slow or busy. Put storage.path on a faster, local one; not on a network drive.");
        }
    }

    private void latency(Latencies one, String kind) {
        if (one.count() > 0 && one.quantileMillis(0.95) > SLOW_MILLIS) {
            add(
                    1 + one.quantileMillis(0.95) / 10_000,
                    "The %s %s is slow: one call of 20 takes more than %s"
                            .formatted(kind, one.name(), seconds(one.quantileMillis(0.95))),
                    "See in the flame graph what it waits for or computes; limits and filters make most calls cheaper.");
        }
        if (one.count() >= 20 && (double) one.errors() / one.count() > MANY_ERRORS) {
            add(
                    0.8,
                    "%d of %d calls of the %s %s failed".formatted(one.errors(), one.count(), kind, one.name()),
                    "mcp-server status shows the last errors; mcp_tool_calls_seconds_count in /q/metrics counts them by code.");
        }
    }

    private static String seconds(double millis) {
        return millis < 1_000 ? "%.0f ms".formatted(millis) : String.format(Locale.ROOT, "%.1f s", millis / 1_000);
    }

    private void add(double weight, String what, String todo) {
        findings.add(new Finding(weight, what + ".", todo));
    }
}
