package io.mcpserver.tool.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.config.LiveConfig;
import io.mcpserver.config.LiveKey;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.config.ServerConfig.ApiKey;
import io.mcpserver.config.TestConfigs;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.security.ServerSecret;
import io.mcpserver.storage.DocumentToSave;
import io.mcpserver.storage.service.StoreService;
import io.mcpserver.tool.ClientFeature;
import io.mcpserver.tool.TestClient;
import io.mcpserver.tool.ToolCaller;
import io.mcpserver.tool.ToolClient;
import io.mcpserver.tool.ToolHandler;
import io.mcpserver.tool.ToolOutcome;
import io.mcpserver.tool.ToolPolicy;
import io.mcpserver.tool.ToolPolicy.CachePolicy;
import io.mcpserver.tool.ToolPolicy.CachePolicy.Sharing;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.ToolSpec.Hints;
import io.mcpserver.tool.ToolTestProfile;
import io.mcpserver.tool.declarative.KindFixture;
import io.mcpserver.tool.declarative.TestSurroundings;
import io.mcpserver.tool.guard.ToolGuard;
import io.mcpserver.tool.guard.ToolMetrics;
import io.mcpserver.tool.guard.ToolRun;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which calls get a kept result, through the guard and over a real store. */
@Timeout(60)
class CachedCallsTest {

    private static final Optional<Duration> DEFAULT = Optional.empty();

    @TempDir
    Path data;

    private final ExecutorService workers = Executors.newFixedThreadPool(16);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicInteger runs = new AtomicInteger();

    private StoreService stores;
    private LiveConfig live;
    private CachedCalls calls;
    private ToolGuard guard;

    @BeforeEach
    void open() {
        ServerConfig config = withCache(true, 1000, "memory");
        stores = new StoreService(config);
        live = new LiveConfig(config);
        calls = new CachedCalls(live, stores, new ServerSecret(config), registry);
        guard = new ToolGuard(live, workers, new ToolMetrics(registry), calls);
    }

    @AfterEach
    void close() {
        workers.shutdownNow();
        calls.close();
        stores.close();
    }

    @Test
    void anEqualCallIsAnsweredWithoutRunningTheTool() {
        ToolSpec tool = reading(caching());
        assertThat(call(tool, Map.of("a", 1, "b", 2))).isEqualTo("run 1");
        assertThat(call(tool, Map.of("b", 2.0, "a", 1))).isEqualTo("run 1");
        assertThat(call(tool, Map.of("a", 2, "b", 2))).isEqualTo("run 2");
        assertThat(counted("hit")).isEqualTo(1);
        assertThat(counted("miss")).isEqualTo(2);
        assertThat(registry.get("mcp.cache.size").gauge().value()).isEqualTo(2);
    }

    @Test
    void aToolThatDoesNotAskForItRunsEachTime() {
        ToolSpec tool = reading(ToolPolicy.NONE);
        assertThat(call(tool)).isEqualTo("run 1");
        assertThat(call(tool)).isEqualTo("run 2");
        assertThat(counted("bypass")).isZero();
    }

    @Test
    void aToolThatWritesRunsEachTimeWhateverItAsksFor() {
        ToolSpec tool = tool().hints(Hints.ANYTHING).policy(caching()).blocks(counting());
        assertThat(call(tool)).isEqualTo("run 1");
        assertThat(call(tool)).isEqualTo("run 2");
        assertThat(counted("bypass")).isEqualTo(2);
    }

    @Test
    void aFailureIsNotKept() {
        ToolSpec tool = tool().hints(Hints.READS).policy(caching()).blocks(call -> {
            if (runs.incrementAndGet() == 1) {
                throw new CodedException(ErrorCode.NOT_FOUND, "Not yet.");
            }
            return ToolResult.ofText("there");
        });
        assertThat(outcome(tool, ToolCaller.ANYBODY, ToolClient.SILENT)).isInstanceOf(ToolOutcome.Failure.class);
        assertThat(call(tool)).isEqualTo("there");
    }

    @Test
    void whatTheClientWasAskedForIsNotKept() {
        TestClient client =
                new TestClient("{'action': 'accept', 'content': {'confirm': true}}", ClientFeature.ELICITATION);
        ToolSpec asks = tool().hints(Hints.READS).policy(caching()).blocks(call -> {
            call.client().ask(Map.of());
            return ToolResult.ofText("run " + runs.incrementAndGet());
        });
        assertThat(text(outcome(asks, ToolCaller.ANYBODY, client))).isEqualTo("run 1");
        assertThat(text(outcome(asks, ToolCaller.ANYBODY, client))).isEqualTo("run 2");
        ToolSpec looks = tool().hints(Hints.READS)
                .version("2")
                .policy(caching())
                .blocks(call ->
                        ToolResult.ofText("" + call.client().can(ClientFeature.ELICITATION) + runs.incrementAndGet()));
        assertThat(text(outcome(looks, ToolCaller.ANYBODY, client))).isEqualTo("true3");
        assertThat(call(looks)).isEqualTo("false4");
    }

    @Test
    void callersAreApartUnlessTheToolIsKnownNotToLookAtThem() {
        ToolCaller ann = ToolCaller.holding("ann", new ApiKey("", false));
        ToolCaller bob = ToolCaller.holding("bob", new ApiKey("", false));
        ToolCaller other = new ToolCaller("ann", "other", Optional.empty(), Optional.empty(), Map.of());
        ToolSpec looking = reading(caching());
        assertThat(text(outcome(looking, ann, ToolClient.SILENT))).isEqualTo("run 1");
        assertThat(text(outcome(looking, bob, ToolClient.SILENT))).isEqualTo("run 2");

        ToolSpec blind = reading(caching(DEFAULT, Sharing.NAMESPACE));
        assertThat(text(outcome(blind, ann, ToolClient.SILENT))).isEqualTo("run 3");
        assertThat(text(outcome(blind, bob, ToolClient.SILENT))).isEqualTo("run 3");
        assertThat(text(outcome(blind, other, ToolClient.SILENT))).isEqualTo("run 4");
    }

    @Test
    void anotherVersionOfAToolRuns() {
        assertThat(call(reading(caching()))).isEqualTo("run 1");
        assertThat(call(tool().version("2").hints(Hints.READS).policy(caching()).blocks(counting())))
                .isEqualTo("run 2");
    }

    @Test
    void aResultIsGoneAfterTheTimeOfTheTool() {
        ToolSpec tool = reading(caching(Optional.of(Duration.ofMillis(50)), Sharing.CALLER));
        assertThat(call(tool)).isEqualTo("run 1");
        await().until(() -> call(tool).equals("run 2"));
    }

    @Test
    void aSaveAndADeleteMakeVoidWhatWasMadeOfTheirCollection() {
        ToolSpec notes = reading(caching(DEFAULT, Sharing.CALLER, "notes"));
        ToolSpec people = tool().version("2")
                .hints(Hints.READS)
                .policy(caching(DEFAULT, Sharing.CALLER, "people"))
                .blocks(counting());
        assertThat(call(notes)).isEqualTo("run 1");
        assertThat(call(people)).isEqualTo("run 2");
        save("notes", "a");
        assertThat(call(notes)).isEqualTo("run 3");
        assertThat(call(notes)).isEqualTo("run 3");
        stores.store().delete("notes", List.of("a"));
        assertThat(call(notes)).isEqualTo("run 4");
        assertThat(call(people)).isEqualTo("run 2");
    }

    @Test
    void whatWasReadBeforeAChangeIsNotKeptForThoseAfterIt() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        CountDownLatch changed = new CountDownLatch(1);
        ToolSpec tool = tool().hints(Hints.READS)
                .policy(caching(DEFAULT, Sharing.CALLER, "notes"))
                .blocks(call -> {
                    int run = runs.incrementAndGet();
                    if (run == 1) {
                        read.countDown();
                        changed.await();
                    }
                    return ToolResult.ofText("run " + run);
                });
        ToolRun first = guard.call(tool, Map.of(), ToolCaller.ANYBODY, ToolClient.SILENT);
        read.await();
        save("notes", "a");
        assertThat(call(tool))
                .as("a call after the change, while the first still runs")
                .isEqualTo("run 2");
        changed.countDown();
        assertThat(text(first.outcome().toCompletableFuture().join())).isEqualTo("run 1");
        assertThat(call(tool)).isEqualTo("run 2");
    }

    @Test
    void equalCallsAtTheSameTimeRunTheToolOnce() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        ToolSpec tool = waiting(go);
        List<ToolRun> all = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            all.add(guard.call(tool, Map.of(), ToolCaller.ANYBODY, ToolClient.SILENT));
        }
        await().until(() -> counted("miss") == 10);
        go.countDown();
        assertThat(all).allSatisfy(run -> assertThat(
                        text(run.outcome().toCompletableFuture().join()))
                .isEqualTo("run 1"));
    }

    @Test
    void whoeverCancelsTakesNobodyAlong() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        ToolSpec tool = waiting(go);
        ToolRun first = guard.call(tool, Map.of(), ToolCaller.ANYBODY, ToolClient.SILENT);
        await().until(() -> runs.get() == 1);
        ToolRun second = guard.call(tool, Map.of(), ToolCaller.ANYBODY, ToolClient.SILENT);
        ToolRun third = guard.call(tool, Map.of(), ToolCaller.ANYBODY, ToolClient.SILENT);
        await().until(() -> counted("miss") == 3);
        third.cancel();
        first.cancel();
        go.countDown();
        assertThat(text(second.outcome().toCompletableFuture().join())).isEqualTo("run 2");
        assertThat(first.outcome().toCompletableFuture().join()).isInstanceOf(ToolOutcome.Failure.class);
        assertThat(third.outcome().toCompletableFuture().join()).isInstanceOf(ToolOutcome.Failure.class);
        assertThat(call(tool)).isEqualTo("run 2");
    }

    @Test
    void whatACallGaveThatWasCancelledIsNotKept() {
        ToolSpec tool = tool().hints(Hints.READS).policy(caching()).blocks(call -> {
            int run = runs.incrementAndGet();
            if (run == 1) {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException swallowed) {
                    return ToolResult.ofText("run " + run + ", cut short");
                }
            }
            return ToolResult.ofText("run " + run);
        });
        ToolRun first = guard.call(tool, Map.of(), ToolCaller.ANYBODY, ToolClient.SILENT);
        await().until(() -> runs.get() == 1);
        ToolRun second = guard.call(tool, Map.of(), ToolCaller.ANYBODY, ToolClient.SILENT);
        await().until(() -> counted("miss") == 2);
        first.cancel();
        assertThat(text(second.outcome().toCompletableFuture().join())).isEqualTo("run 2");
        assertThat(call(tool)).isIn("run 2", "run 3");
    }

    @Test
    @LiveKey({"cache.enabled", "cache.max_size"})
    void aChangeOfTheConfigurationIsObeyedAtOnce() {
        ToolSpec tool = reading(caching());
        assertThat(call(tool)).isEqualTo("run 1");
        live.replace(withCache(false, 1000, "memory"));
        assertThat(call(tool)).isEqualTo("run 2");
        assertThat(counted("bypass")).isEqualTo(1);
        live.replace(withCache(true, 1000, "memory"));
        assertThat(call(tool)).isEqualTo("run 3");
        assertThat(call(tool)).isEqualTo("run 3");
        live.replace(withCache(true, 500, "memory"));
        assertThat(call(tool)).isEqualTo("run 4");
    }

    @Test
    @LiveKey("cache.ttl")
    void anotherTimeHoldsForWhatIsKeptFromThenOn() {
        ToolSpec tool = reading(caching());
        assertThat(call(tool, Map.of("a", 1))).isEqualTo("run 1");
        live.replace(withCache(Duration.ofMillis(50), true, 1000, "memory"));
        assertThat(call(tool, Map.of("a", 2))).isEqualTo("run 2");
        await().until(() -> !call(tool, Map.of("a", 2)).equals("run 2"));
        assertThat(call(tool, Map.of("a", 1))).isEqualTo("run 1");
    }

    @Test
    @LiveKey({"cache.backend", "cache.redis_url"})
    void aRedisThatIsNotThereChangesNoOutcome() {
        live.replace(withCache(true, 1000, "redis"));
        ToolSpec tool = reading(caching());
        assertThat(call(tool)).isEqualTo("run 1");
        assertThat(call(tool)).isEqualTo("run 2");
        assertThat(counted("error")).isEqualTo(2);
        assertThat(registry.get("mcp.cache.errors").counter().count()).isEqualTo(2);
        live.replace(withCache(true, 1000, "memory"));
        assertThat(call(tool)).isEqualTo("run 3");
        assertThat(call(tool)).isEqualTo("run 3");
    }

    @Test
    void anotherDatabaseBehindASourceIsAskedAnew() {
        ToolSpec tool = reading(caching());
        assertThat(call(tool)).isEqualTo("run 1");
        live.replace(TestConfigs.replacing(
                live.now(),
                "sources",
                Map.of("shop", new ServerConfig.Source("jdbc:duckdb:", Optional.empty(), Optional.empty(), false))));
        assertThat(call(tool)).isEqualTo("run 2");
    }

    @Test
    void whatIsSharedAndYetDependedOnTheCallerIsNotKept() {
        ToolSpec tool = tool().hints(Hints.READS)
                .policy(caching(DEFAULT, Sharing.NAMESPACE))
                .blocks(call -> ToolResult.ofText(call.caller().name() + runs.incrementAndGet()));
        ToolCaller ann = ToolCaller.holding("ann", new ApiKey("", false));
        ToolCaller bob = ToolCaller.holding("bob", new ApiKey("", false));
        assertThat(text(outcome(tool, ann, ToolClient.SILENT))).isEqualTo("ann1");
        assertThat(text(outcome(tool, bob, ToolClient.SILENT))).isEqualTo("bob2");
        assertThat(text(outcome(tool, ann, ToolClient.SILENT))).isEqualTo("ann3");
    }

    @Test
    void aToolOfAFileIsSharedUnlessAnInputIsBound() {
        KindFixture file = KindFixture.load("""
                tools:
                  - name: all_notes
                    description: All notes.
                    query: {collection: notes}
                    cache: true
                  - name: my_notes
                    description: The notes of the caller.
                    input: {owner: {from: caller.name}}
                    query: {collection: notes, where: {owner: "${owner}"}}
                    cache: {ttl: 60}
                """, TestSurroundings.in(data).store(stores.store()));
        assertThat(file.faults()).isEmpty();
        ToolSpec all = file.tool("all_notes");
        ToolSpec mine = file.tool("my_notes");
        ToolCaller ann = ToolCaller.holding("ann", new ApiKey("", false));
        ToolCaller bob = ToolCaller.holding("bob", new ApiKey("", false));
        save("notes", "a");

        String none = text(outcome(mine, ann, ToolClient.SILENT));
        text(outcome(mine, bob, ToolClient.SILENT));
        assertThat(text(outcome(mine, bob, ToolClient.SILENT))).isEqualTo(none);
        assertThat(counted("hit")).isEqualTo(1);
        String one = text(outcome(all, ann, ToolClient.SILENT));
        assertThat(text(outcome(all, bob, ToolClient.SILENT))).isEqualTo(one);
        assertThat(counted("hit")).isEqualTo(2);
        save("notes", "b");
        assertThat(text(outcome(all, bob, ToolClient.SILENT))).isNotEqualTo(one);
        assertThat(counted("hit")).isEqualTo(2);
    }

    @Test
    void noMoreResultsAreKeptThanMaxSizeSays() {
        live.replace(withCache(true, 3, "memory"));
        ToolSpec tool = reading(caching());
        for (int i = 0; i < 20; i++) {
            call(tool, Map.of("i", i));
        }
        assertThat(registry.get("mcp.cache.size").gauge().value()).isEqualTo(3);
        assertThat(registry.get("mcp.cache.evictions").functionCounter().count())
                .isEqualTo(17);
    }

    private ServerConfig withCache(boolean enabled, int maxSize, String backend) {
        return withCache(Duration.ofMinutes(5), enabled, maxSize, backend);
    }

    private ServerConfig withCache(Duration ttl, boolean enabled, int maxSize, String backend) {
        ServerConfig config = TestConfigs.with(
                ToolTestProfile.config(data, "none", true),
                "cache.enabled=" + enabled,
                "cache.max_size=" + maxSize,
                "cache.backend=" + backend,
                "cache.redis_url=redis://127.0.0.1:1");
        return TestConfigs.replacing(config, "cache.ttl", ttl);
    }

    private void save(String collection, String id) {
        stores.store()
                .save(
                        collection,
                        List.of(new DocumentToSave(
                                id, JsonNodeFactory.instance.objectNode().put("text", id))));
    }

    private static io.mcpserver.tool.ToolDraft tool() {
        ObjectNode anything = JsonNodeFactory.instance.objectNode().put("type", "object");
        return ToolSpec.named("test_tool").version("1").input(anything);
    }

    private ToolSpec reading(ToolPolicy policy) {
        return tool().hints(Hints.READS).policy(policy).blocks(counting());
    }

    private ToolHandler counting() {
        return call -> ToolResult.ofText("run " + runs.incrementAndGet());
    }

    private ToolSpec waiting(CountDownLatch go) {
        return tool().hints(Hints.READS).policy(caching()).blocks(call -> {
            int run = runs.incrementAndGet();
            go.await();
            return ToolResult.ofText("run " + run);
        });
    }

    private static ToolPolicy caching() {
        return caching(DEFAULT, Sharing.CALLER);
    }

    private static ToolPolicy caching(Optional<Duration> ttl, Sharing sharing, String... collections) {
        return new ToolPolicy(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new CachePolicy(ttl, Set.of(collections), sharing)),
                false,
                Set.of());
    }

    private String call(ToolSpec tool) {
        return call(tool, Map.of());
    }

    private String call(ToolSpec tool, Map<String, Object> arguments) {
        return text(guard.call(tool, arguments, ToolCaller.ANYBODY, ToolClient.SILENT)
                .outcome()
                .toCompletableFuture()
                .join());
    }

    private ToolOutcome outcome(ToolSpec tool, ToolCaller caller, ToolClient client) {
        return guard.call(tool, Map.of(), caller, client)
                .outcome()
                .toCompletableFuture()
                .join();
    }

    private static String text(ToolOutcome outcome) {
        assertThat(outcome).isInstanceOf(ToolOutcome.Success.class);
        return ((ToolOutcome.Success) outcome).result().text();
    }

    private double counted(String outcome) {
        return registry.get("mcp.cache.requests")
                .tags("outcome", outcome)
                .counter()
                .count();
    }
}
