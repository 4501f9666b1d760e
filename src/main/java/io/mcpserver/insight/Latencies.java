package io.mcpserver.insight;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;

/**
 * How long something took, as counts in buckets: of tools, or of operations of the store.
 *
 * @param name of the tool or operation
 * @param count how often it was done
 * @param errors how often it failed
 * @param totalMillis all of it together
 * @param maxMillis the longest of late; of the difference of two, a bound of the longest
 * @param counts how many took no longer than {@link #BOUNDS_MILLIS} of the same place, each without those before it; the
 *     last one counts what took longer than all bounds
 */
public record Latencies(String name, long count, long errors, double totalMillis, double maxMillis, long[] counts) {

    /** Upper bounds of the buckets, milliseconds. */
    static final double[] BOUNDS_MILLIS = {1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 5_000, 10_000, 30_000};

    /** A copy of {@link #BOUNDS_MILLIS}. */
    public static double[] bounds() {
        return BOUNDS_MILLIS.clone();
    }

    /** Nothing of that name has happened. */
    public static Latencies none(String name) {
        return new Latencies(name, 0, 0, 0, 0, new long[BOUNDS_MILLIS.length + 1]);
    }

    /** Both together, under the name of this. */
    public Latencies plus(Latencies other) {
        long[] sum = counts.clone();
        Arrays.setAll(sum, i -> counts[i] + other.counts[i]);
        return new Latencies(
                name,
                count + other.count,
                errors + other.errors,
                totalMillis + other.totalMillis,
                Math.max(maxMillis, other.maxMillis),
                sum);
    }

    /** What was added since {@code earlier}. */
    public Latencies since(Latencies earlier) {
        long[] rest = counts.clone();
        Arrays.setAll(rest, i -> counts[i] - earlier.counts[i]);
        return new Latencies(
                name,
                count - earlier.count,
                errors - earlier.errors,
                totalMillis - earlier.totalMillis,
                Math.min(maxMillis, boundOf(rest)),
                rest);
    }

    /** What none took longer than. */
    private static double boundOf(long[] counts) {
        int last = counts.length - 1;
        while (last >= 0 && counts[last] <= 0) {
            last--;
        }
        return last < 0 ? 0 : last < BOUNDS_MILLIS.length ? BOUNDS_MILLIS[last] : Double.MAX_VALUE;
    }

    public double meanMillis() {
        return count == 0 ? 0 : totalMillis / count;
    }

    /**
     * The time within which a share of them was done, estimated within its bucket.
     *
     * @param share above 0, at most 1
     */
    public double quantileMillis(double share) {
        long counted = Arrays.stream(counts).sum();
        double wanted = share * counted;
        double below = 0;
        for (int i = 0; i < counts.length && counted > 0; i++) {
            if (below + counts[i] >= wanted && counts[i] > 0) {
                double from = i == 0 ? 0 : BOUNDS_MILLIS[i - 1];
                double most = Math.max(from, maxMillis);
                double to = i == BOUNDS_MILLIS.length ? most : Math.min(BOUNDS_MILLIS[i], most);
                return from + (Math.max(from, to) - from) * (wanted - below) / counts[i];
            }
            below += counts[i];
        }
        return 0;
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", name)
                .put("count", count)
                .put("errors", errors)
                .put("total_ms", rounded(totalMillis))
                .put("mean_ms", rounded(meanMillis()))
                .put("p50_ms", rounded(quantileMillis(0.5)))
                .put("p95_ms", rounded(quantileMillis(0.95)))
                .put("p99_ms", rounded(quantileMillis(0.99)))
                .put("max_ms", rounded(maxMillis));
        ArrayNode buckets = json.putArray("counts");
        Arrays.stream(counts).forEach(buckets::add);
        return json;
    }

    static Latencies of(JsonNode json) {
        Latencies none = none(json.path("name").asText());
        long[] counts = none.counts();
        for (int i = 0; i < counts.length; i++) {
            counts[i] = json.path("counts").path(i).asLong();
        }
        return new Latencies(
                none.name(),
                json.path("count").asLong(),
                json.path("errors").asLong(),
                json.path("total_ms").asDouble(),
                json.path("max_ms").asDouble(),
                counts);
    }

    private static double rounded(double millis) {
        return Math.round(millis * 1_000) / 1_000.0;
    }
}
