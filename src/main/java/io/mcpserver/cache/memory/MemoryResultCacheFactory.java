package io.mcpserver.cache.memory;

import io.mcpserver.cache.CacheSettings;
import io.mcpserver.cache.ResultCache;
import io.mcpserver.cache.ResultCacheFactory;

/** Opens caches in this process. */
public final class MemoryResultCacheFactory implements ResultCacheFactory {

    private static final long MOST_BYTES = 64L << 20;

    /** The part of the heap that kept results may take. */
    private static final int HEAP_PART = 8;

    @Override
    public String backend() {
        return "memory";
    }

    @Override
    public boolean shared() {
        return false;
    }

    @Override
    public ResultCache open(CacheSettings settings) {
        long bytes = Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / HEAP_PART);
        return new MemoryResultCache(settings.config().maxSize(), bytes);
    }
}
