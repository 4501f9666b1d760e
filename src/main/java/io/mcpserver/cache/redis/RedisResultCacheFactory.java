package io.mcpserver.cache.redis;

import io.mcpserver.cache.CacheSettings;
import io.mcpserver.cache.ResultCache;
import io.mcpserver.cache.ResultCacheFactory;

/** Opens caches in Redis. */
public final class RedisResultCacheFactory implements ResultCacheFactory {

    @Override
    public String backend() {
        return "redis";
    }

    @Override
    public boolean shared() {
        return true;
    }

    @Override
    public ResultCache open(CacheSettings settings) {
        return new RedisResultCache(settings);
    }
}
