package io.mcpserver.tool.cache;

import io.mcpserver.cache.CacheSettings;
import io.mcpserver.cache.ResultCache;
import io.mcpserver.cache.ResultCacheFactory;
import io.mcpserver.config.LiveConfig;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.storage.Change;
import io.mcpserver.storage.ChangeListener;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The cache that the configuration in force asks for. It is opened when first needed; one that other processes share at
 * once, because they must hear of changes from the beginning.
 *
 * <p>Threads: safe for any number of callers.
 */
final class CurrentCache implements ChangeListener, AutoCloseable {

    private final LiveConfig live;
    private final Function<String, byte[]> keys;
    private volatile ResultCache cache;
    private long evictedBefore;
    private boolean closed;

    /** @param keys secret bytes by purpose */
    CurrentCache(LiveConfig live, Function<String, byte[]> keys) {
        this.live = live;
        Map<String, byte[]> known = new ConcurrentHashMap<>();
        this.keys = purpose -> known.computeIfAbsent(purpose, keys);
        live.onChange((before, after) -> replaced(before.cache(), after.cache()));
        openShared(live.now().cache());
    }

    /** The cache; empty where results are not kept. */
    Optional<ResultCache> cache() {
        ResultCache open = cache;
        return open != null ? Optional.of(open) : open();
    }

    private synchronized Optional<ResultCache> open() {
        ServerConfig config = live.now();
        if (closed || !config.cache().enabled()) {
            return Optional.empty();
        }
        if (cache == null) {
            CacheSettings settings =
                    new CacheSettings(config.cache(), config.server().name(), keys);
            cache = factory(config.cache().backend()).open(settings);
        }
        return Optional.of(cache);
    }

    private static ResultCacheFactory factory(String backend) {
        return ServiceLoader.load(ResultCacheFactory.class, ResultCacheFactory.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .filter(factory -> factory.backend().equals(backend))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "cache.backend is '" + backend + "', which this program does not have."));
    }

    private void replaced(ServerConfig.Cache before, ServerConfig.Cache after) {
        boolean same = before.enabled() == after.enabled()
                && before.maxSize() == after.maxSize()
                && before.backend().equals(after.backend())
                && before.redisUrl().equals(after.redisUrl());
        if (!same) {
            closeOpen();
            openShared(after);
        }
    }

    private void openShared(ServerConfig.Cache config) {
        if (config.enabled() && factory(config.backend()).shared()) {
            open();
        }
    }

    private synchronized void closeOpen() {
        if (cache != null) {
            evictedBefore += cache.evictions();
            cache.close();
            cache = null;
        }
    }

    @Override
    public void committed(List<Change> changes) {
        ResultCache open = cache;
        if (open != null) {
            open.changed(changes.stream().map(Change::collection).collect(Collectors.toUnmodifiableSet()));
        }
    }

    /** How many values are kept here; empty where that is not known. */
    OptionalLong size() {
        ResultCache open = cache;
        return open == null ? OptionalLong.of(0) : open.size();
    }

    synchronized long evictions() {
        return evictedBefore + (cache == null ? 0 : cache.evictions());
    }

    @Override
    public synchronized void close() {
        closed = true;
        closeOpen();
    }
}
