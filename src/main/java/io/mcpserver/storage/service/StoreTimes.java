package io.mcpserver.storage.service;

import io.mcpserver.insight.Latencies;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How long the operations of a store took since the start. Threads: safe for any number of callers. */
final class StoreTimes {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final double[] BOUNDS = Latencies.bounds();

    private static final class Times {
        private final LongAdder[] counts =
                Stream.generate(LongAdder::new).limit(BOUNDS.length + 1L).toArray(LongAdder[]::new);
        private final LongAdder errors = new LongAdder();
        private final LongAdder nanos = new LongAdder();
        private final LongAccumulator longest = new LongAccumulator(Math::max, 0);
    }

    private final Map<String, Times> byOperation = new ConcurrentHashMap<>();

    /** Does something and takes its time. */
    <T> T time(String operation, Supplier<T> work) {
        Times times = byOperation.computeIfAbsent(operation, name -> new Times());
        long began = System.nanoTime();
        boolean failed = true;
        try {
            T result = work.get();
            failed = false;
            return result;
        } finally {
            long nanos = System.nanoTime() - began;
            times.counts[place(nanos / NANOS_PER_MILLI)].increment();
            times.nanos.add(nanos);
            times.longest.accumulate(nanos);
            if (failed) {
                times.errors.increment();
            }
        }
    }

    /** By name of the operation. */
    List<Latencies> all() {
        return new TreeMap<>(byOperation)
                .entrySet().stream()
                        .map(entry -> latencies(entry.getKey(), entry.getValue()))
                        .toList();
    }

    private static Latencies latencies(String name, Times times) {
        long[] counts = IntStream.range(0, times.counts.length)
                .mapToLong(i -> times.counts[i].sum())
                .toArray();
        return new Latencies(
                name,
                IntStream.range(0, counts.length).mapToLong(i -> counts[i]).sum(),
                times.errors.sum(),
                times.nanos.sum() / NANOS_PER_MILLI,
                times.longest.get() / NANOS_PER_MILLI,
                counts);
    }

    private static int place(double millis) {
        int place = 0;
        while (place < BOUNDS.length && millis > BOUNDS[place]) {
            place++;
        }
        return place;
    }
}
