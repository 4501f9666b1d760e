package io.mcpserver.insight.profile;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds up by name: how often, how much in all, how much at most. */
final class Tally {

    /** What was added up under one name; the unit is that of what was added. */
    record Entry(String name, long count, double total, double most) {
        Entry plus(Entry other) {
            return new Entry(name, count + other.count, total + other.total, Math.max(most, other.most));
        }
    }

    private final Map<String, Entry> entries = new HashMap<>();

    void add(String name, double amount) {
        entries.merge(name, new Entry(name, 1, amount, amount), Entry::plus);
    }

    /** The largest totals first. */
    List<Entry> largest(int most) {
        return entries.values().stream()
                .sorted(Comparator.comparingDouble(Entry::total).reversed().thenComparing(Entry::name))
                .limit(most)
                .toList();
    }

    double total() {
        return entries.values().stream().mapToDouble(Entry::total).sum();
    }
}
