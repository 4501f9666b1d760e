package io.mcpserver.tool.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mcpserver.cache.redis.RedisServer;
import io.mcpserver.config.LiveConfig;
import io.mcpserver.config.LiveKey;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.config.TestConfigs;
import io.mcpserver.security.ServerSecret;
import io.mcpserver.storage.DocumentToSave;
import io.mcpserver.storage.service.StoreService;
import io.mcpserver.tool.ToolCaller;
import io.mcpserver.tool.ToolClient;
import io.mcpserver.tool.ToolOutcome;
import io.mcpserver.tool.ToolPolicy;
import io.mcpserver.tool.ToolPolicy.CachePolicy;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.ToolSpec.Hints;
import io.mcpserver.tool.ToolTestProfile;
import io.mcpserver.tool.guard.ToolGuard;
import io.mcpserver.tool.guard.ToolMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two replicas with one Redis and one secret: one has the store, the other only answers. */
@Tag("system")
@Timeout(60)
class CachedCallsInRedisTest {

    private static final String SECRET = "a secret that both replicas have";

    @TempDir
    Path data;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final AtomicInteger runs = new AtomicInteger();
    private final ToolSpec tool = ToolSpec.named("test_tool")
            .version("1")
            .hints(Hints.READS)
            .policy(new ToolPolicy(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(new CachePolicy(Optional.empty(), Set.of("notes"))),
                    false,
                    Set.of()))
            .blocks(call -> ToolResult.ofText("run " + runs.incrementAndGet()));

    private RedisServer redis;
    private StoreService stores;
    private LiveConfig live;
    private CachedCalls first;
    private CachedCalls second;

    @BeforeEach
    void open() {
        redis = RedisServer.open();
        ServerConfig config = config(redis.url());
        stores = new StoreService(config);
        live = new LiveConfig(config);
        first = new CachedCalls(live, stores, new ServerSecret(config), registry);
        second = new CachedCalls(
                new LiveConfig(config), new StoreService(config), new ServerSecret(config), new SimpleMeterRegistry());
    }

    @AfterEach
    void close() {
        workers.shutdownNow();
        first.close();
        second.close();
        stores.close();
        redis.close();
    }

    @Test
    void whatOneReplicaAnsweredTheOtherGivesAgainUntilTheDataChanged() {
        String one = call(first);
        await("the same from both").until(() -> call(first).equals(call(second)));
        String before = call(second);
        stores.store()
                .save(
                        "notes",
                        List.of(new DocumentToSave(
                                "a", JsonNodeFactory.instance.objectNode().put("text", "new"))));
        assertThat(call(first)).as("in the process that saved, at once").isNotIn(one, before);
        await("in the other").until(() -> !call(second).equals(before));
    }

    @Test
    @LiveKey("cache.redis_url")
    void anotherRedisIsUsedAtOnce() {
        await().until(() -> call(first).equals(call(first)));
        String here = call(first);
        try (RedisServer other = RedisServer.open()) {
            live.replace(config(other.url()));
            assertThat(call(first)).isNotEqualTo(here);
            await().until(() -> call(first).equals(call(first)));
            live.replace(config(redis.url()));
            await().until(() -> call(first).equals(here));
        }
    }

    @Test
    void aRedisThatDiesIsMissedByNobody() {
        await().until(() -> call(first).equals(call(first)));
        redis.kill();
        for (int i = 0; i < 50; i++) {
            assertThat(call(first)).startsWith("run ");
        }
        assertThat(registry.get("mcp.cache.errors").counter().count()).isPositive();
        redis.start();
        await().until(() -> call(first).equals(call(first)));
    }

    private String call(CachedCalls replica) {
        ToolGuard guard = new ToolGuard(live, workers, new ToolMetrics(new SimpleMeterRegistry()), replica);
        ToolOutcome outcome = guard.call(tool, Map.of(), ToolCaller.ANYBODY, ToolClient.SILENT)
                .outcome()
                .toCompletableFuture()
                .join();
        return ((ToolOutcome.Success) outcome).result().text();
    }

    private ServerConfig config(String url) {
        return TestConfigs.with(
                ToolTestProfile.config(data, "none", true),
                "cache.enabled=true",
                "cache.backend=redis",
                "cache.redis_url=" + url,
                "security.secret=" + SECRET);
    }
}
