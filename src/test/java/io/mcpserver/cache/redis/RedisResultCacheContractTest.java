package io.mcpserver.cache.redis;

import io.mcpserver.cache.CacheFixture;
import io.mcpserver.cache.ResultCache;
import io.mcpserver.cache.ResultCacheContract;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("system")
class RedisResultCacheContractTest extends ResultCacheContract {

    private static RedisServer redis;

    @BeforeAll
    static void start() {
        redis = RedisServer.open();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @Override
    protected ResultCache open() {
        return new RedisResultCacheFactory()
                .open(CacheFixture.settings(10_000, redis.url(), "test-" + UUID.randomUUID(), "secret"));
    }
}
