package io.mcpserver.it;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The objects of a program that are alive: bytes by the name of their class. */
record LiveHeap(Map<String, Long> bytesByClass) {

    private static final int SHOWN = 20;

    /** Reads what {@code jcmd <pid> GC.class_histogram} prints. */
    static LiveHeap ofHistogram(String histogram) {
        return new LiveHeap(histogram
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns.length >= 4 && columns[0].matches("\\d+:"))
                // The collector fills holes with these; they hold nothing.
                .filter(columns -> !columns[3].contains("FillerElement") && !columns[3].contains("FillerObject"))
                .collect(Collectors.toMap(columns -> columns[3], columns -> Long.parseLong(columns[2]), Long::sum)));
    }

    long bytes() {
        return bytesByClass.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The classes whose objects take more than they took then, the most grown first, a line each. */
    String grownSince(LiveHeap then) {
        return new TreeSet<>(bytesByClass.keySet())
                .stream()
                        .map(name -> Map.entry(name, bytesByClass.get(name) - then.bytesByClass.getOrDefault(name, 0L)))
                        .filter(grown -> grown.getValue() > 0)
                        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                        .limit(SHOWN)
                        .map(grown -> "\n%,12d B more of %s".formatted(grown.getValue(), grown.getKey()))
                        .collect(Collectors.joining());
    }
}
