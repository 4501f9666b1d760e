package io.mcpserver.cache.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.mcpserver.cache.CacheKey;
import io.mcpserver.cache.CacheUnavailableException;
import io.mcpserver.cache.Lookup;
import io.mcpserver.cache.ResultCache;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;

/** Results in the memory of this process, bounded by their number and by their bytes. */
final class MemoryResultCache implements ResultCache {

    /** Bytes of a value beside its own: key, entry and links. */
    private static final int AROUND = 500;

    private record Kept(byte[] value, String state, Duration ttl) {}

    private final Cache<CacheKey, Kept> kept;

    /** How often each collection changed since a key that names it was first looked up. */
    private final ConcurrentMap<String, Long> changes = new ConcurrentHashMap<>();

    private volatile boolean closed;

    MemoryResultCache(int mostValues, long mostBytes) {
        // Every value weighs at least its share, so that one bound holds both number and bytes.
        int share = (int) Math.max(1, mostBytes / mostValues);
        this.kept = Caffeine.newBuilder()
                .maximumWeight((long) share * mostValues)
                .weigher((CacheKey key, Kept one) -> Math.max(share, one.value().length + AROUND))
                .expireAfter(Expiry.<CacheKey, Kept>writing((key, one) -> one.ttl()))
                .executor(Runnable::run)
                .recordStats()
                .build();
    }

    @Override
    public Lookup find(CacheKey key) throws CacheUnavailableException {
        if (closed) {
            throw new CacheUnavailableException("The cache is closed.");
        }
        String state = state(key);
        return new Lookup(
                Optional.ofNullable(kept.getIfPresent(key))
                        .filter(one -> one.state().equals(state))
                        .map(Kept::value),
                state);
    }

    @Override
    public void keep(CacheKey key, String state, byte[] value, Duration ttl) {
        if (!closed && value.length <= MOST_VALUE_BYTES && state.equals(state(key))) {
            kept.put(key, new Kept(value, state, ttl));
        }
    }

    @Override
    public void changed(Collection<String> collections) {
        collections.forEach(collection -> changes.computeIfPresent(collection, (name, count) -> count + 1));
    }

    private String state(CacheKey key) {
        return key.collections().stream()
                .sorted()
                .map(collection ->
                        changes.computeIfAbsent(collection, name -> 0L).toString())
                .collect(Collectors.joining(","));
    }

    @Override
    public OptionalLong size() {
        kept.cleanUp();
        return OptionalLong.of(kept.estimatedSize());
    }

    @Override
    public long evictions() {
        return kept.stats().evictionCount();
    }

    @Override
    public void close() {
        closed = true;
        kept.invalidateAll();
    }
}
