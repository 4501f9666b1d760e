package io.mcpserver.insight.profile;

import io.mcpserver.insight.InsightException;
import io.mcpserver.insight.LatencyReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** Reads a flight recording once, event by event. */
final class ProfileReader {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final int ROWS = 15;

    /** Locks proper; what waits on a condition is a thread with nothing to do. */
    private static final Pattern LOCK = Pattern.compile("java\\.util\\.concurrent\\.locks\\.(Reentrant|Stamped).*");

    /** Native code that computes; all other native frames wait for something. */
    private static final Pattern COMPUTING = Pattern.compile("(org\\.duckdb\\.|ai\\.onnxruntime\\.|ai\\.djl\\.).*");

    private static final Set<String> WAITING = Set.of("org.duckdb.DuckDBNative.duckdb_jdbc_interrupt");

    private final FlameNode flames = new FlameNode("all");
    private final Tally hot = new Tally();
    private final Tally classes = new Tally();
    private final Tally sites = new Tally();
    private final Tally locks = new Tally();
    private final Tally files = new Tally();
    private final Tally pinned = new Tally();
    private final List<Profile.Pause> pauses = new ArrayList<>();
    private final List<Float> process = new ArrayList<>();
    private final List<Float> machine = new ArrayList<>();
    private final Instant began;
    private long heapAfter;
    private long heapLimit;

    private ProfileReader(Instant began) {
        this.began = began;
    }

    /**
     * Reads a recording.
     *
     * @param latencies of the same time, as the server counted them
     */
    static Profile read(Path recording, Instant began, Duration length, LatencyReport latencies) {
        ProfileReader reader = new ProfileReader(began);
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                reader.take(file.readEvent());
            }
        } catch (IOException e) {
            throw new InsightException("The recording " + recording + " cannot be read: " + e.getMessage(), e);
        }
        return reader.profile(length, latencies);
    }

    private void take(RecordedEvent event) {
        switch (event.getEventType().getName()) {
            case "jdk.ExecutionSample" -> sample(event);
            case "jdk.NativeMethodSample" -> {
                String top = Frames.top(event);
                if (COMPUTING.matcher(top).matches() && !WAITING.contains(top)) {
                    sample(event);
                }
            }
            case "jdk.ObjectAllocationSample" -> {
                classes.add(Frames.className(event.getClass("objectClass")), event.getLong("weight"));
                sites.add(Frames.site(event), event.getLong("weight"));
            }
            case "jdk.GarbageCollection" ->
                pauses.add(new Profile.Pause(
                        Duration.between(began, event.getStartTime()).toMillis() / 1_000.0,
                        event.getDuration("sumOfPauses").toNanos() / NANOS_PER_MILLI,
                        event.getString("name"),
                        event.getString("cause")));
            case "jdk.GCHeapSummary" -> {
                if ("After GC".equals(event.getString("when"))) {
                    heapAfter = event.getLong("heapUsed");
                }
            }
            case "jdk.GCHeapConfiguration" -> heapLimit = event.getLong("maxSize");
            case "jdk.JavaMonitorEnter" -> lock(event, Frames.className(event.getClass("monitorClass")));
            case "jdk.ThreadPark" -> {
                String type = Frames.className(event.getClass("parkedClass"));
                if (LOCK.matcher(type).matches()) {
                    lock(event, type);
                }
            }
            case "jdk.FileRead" -> file(event, "read");
            case "jdk.FileWrite" -> file(event, "write");
            case "jdk.FileForce" -> file(event, "flush");
            case "jdk.CPULoad" -> {
                process.add(event.getFloat("jvmUser") + event.getFloat("jvmSystem"));
                machine.add(event.getFloat("machineTotal"));
            }
            case "jdk.VirtualThreadPinned" -> pinned.add("pinned", millis(event));
            default -> {
                // Not part of the report.
            }
        }
    }

    private void sample(RecordedEvent event) {
        flames.add(Frames.stack(event, event.getThread("sampledThread")));
        hot.add(Frames.top(event), 1);
    }

    private void lock(RecordedEvent event, String type) {
        locks.add(type + " in " + Frames.site(event), millis(event));
    }

    private void file(RecordedEvent event, String what) {
        files.add(what + " " + event.getString("path"), millis(event));
    }

    private static double millis(RecordedEvent event) {
        return event.getDuration().toNanos() / NANOS_PER_MILLI;
    }

    private Profile profile(Duration length, LatencyReport latencies) {
        pauses.sort(Comparator.comparingDouble(Profile.Pause::atSeconds));
        return new Profile(
                Math.max(0.001, length.toMillis() / 1_000.0),
                flames,
                hot.largest(ROWS),
                classes.largest(ROWS),
                sites.largest(ROWS),
                classes.total(),
                List.copyOf(pauses),
                heapAfter,
                heapLimit,
                locks.largest(ROWS),
                locks.total(),
                files.largest(ROWS),
                files.total(),
                average(process),
                average(machine),
                pinned.largest(1).stream().findFirst().orElse(new Tally.Entry("pinned", 0, 0, 0)),
                latencies);
    }

    private static double average(List<Float> values) {
        return values.stream().mapToDouble(Float::doubleValue).average().orElse(0);
    }
}
