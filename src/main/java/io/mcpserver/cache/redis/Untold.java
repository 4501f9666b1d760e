package io.mcpserver.cache.redis;

import io.mcpserver.cache.CacheKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Collections whose change Redis was not told yet. Where they are too many, all count as changed.
 *
 * <p>Threads: safe for any number of callers.
 */
final class Untold {

    /** Stands for all collections; no collection has an empty name. */
    private static final String ALL = "";

    private static final int MOST = 500;

    /**
     * Some of them, to be told.
     *
     * @param changes by collection: which change it was that is told now
     */
    record Batch(Map<String, Long> changes) {

        Collection<String> collections() {
            return changes.keySet();
        }
    }

    private final ConcurrentMap<String, Long> changes = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong();

    /** The collections that a key depends on, in a fixed order. */
    static List<String> of(CacheKey key) {
        Set<String> collections = key.collections();
        return collections.isEmpty()
                ? List.of()
                : java.util.stream.Stream.concat(
                                java.util.stream.Stream.of(ALL),
                                collections.stream().sorted())
                        .toList();
    }

    void add(Collection<String> collections) {
        if (changes.size() + collections.size() > MOST) {
            // In this order, so that no moment knows of neither.
            changes.put(ALL, last.incrementAndGet());
            changes.keySet().removeIf(name -> !name.equals(ALL));
        } else {
            collections.forEach(name -> changes.put(name, last.incrementAndGet()));
        }
    }

    Batch all() {
        return new Batch(new HashMap<>(changes));
    }

    Batch among(Collection<String> collections) {
        Map<String, Long> some = new HashMap<>();
        collections.forEach(name -> {
            Long change = changes.get(name);
            if (change != null) {
                some.put(name, change);
            }
        });
        return new Batch(some);
    }

    /** These were told; what changed again meanwhile stays. */
    void told(Batch batch) {
        batch.changes().forEach(changes::remove);
    }
}
