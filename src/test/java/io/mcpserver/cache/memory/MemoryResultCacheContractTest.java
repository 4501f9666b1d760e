package io.mcpserver.cache.memory;

import io.mcpserver.cache.CacheFixture;
import io.mcpserver.cache.ResultCache;
import io.mcpserver.cache.ResultCacheContract;

class MemoryResultCacheContractTest extends ResultCacheContract {

    @Override
    protected ResultCache open() {
        return new MemoryResultCacheFactory()
                .open(CacheFixture.settings(10_000, CacheFixture.NO_REDIS, "test", "secret"));
    }
}
