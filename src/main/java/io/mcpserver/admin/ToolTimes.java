package io.mcpserver.admin;

import io.mcpserver.insight.Latencies;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** How long the tools took, out of the metrics: one for each tool, whatever the outcome of its calls. */
final class ToolTimes {

    private static final String CALLS = "mcp.tool.calls";

    private ToolTimes() {}

    /** By name of the tool. */
    static List<Latencies> of(MeterRegistry registry) {
        Map<String, Latencies> byTool = new TreeMap<>();
        for (Timer timer : registry.find(CALLS).timers()) {
            Latencies one = of(timer);
            byTool.merge(one.name(), one, Latencies::plus);
        }
        return byTool.values().stream()
                .sorted(Comparator.comparing(Latencies::name))
                .toList();
    }

    private static Latencies of(Timer timer) {
        HistogramSnapshot snapshot = timer.takeSnapshot();
        double[] bounds = Latencies.bounds();
        long[] counts = new long[bounds.length + 1];
        long below = 0;
        for (CountAtBucket bucket : snapshot.histogramCounts()) {
            long upTo = Math.round(bucket.count());
            counts[place(bucket.bucket(TimeUnit.MILLISECONDS), bounds)] += upTo - below;
            below = upTo;
        }
        counts[bounds.length] += Math.max(0, snapshot.count() - below);
        boolean failed = "error".equals(timer.getId().getTag("outcome"));
        return new Latencies(
                timer.getId().getTag("tool"),
                snapshot.count(),
                failed ? snapshot.count() : 0,
                snapshot.total(TimeUnit.MILLISECONDS),
                snapshot.max(TimeUnit.MILLISECONDS),
                counts);
    }

    private static int place(double bound, double[] bounds) {
        for (int i = 0; i < bounds.length; i++) {
            if (bound <= bounds[i] * 1.000_001) {
                return i;
            }
        }
        return bounds.length;
    }
}
