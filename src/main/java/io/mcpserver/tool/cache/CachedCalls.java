package io.mcpserver.tool.cache;

import io.mcpserver.cache.CacheKey;
import io.mcpserver.cache.CacheUnavailableException;
import io.mcpserver.cache.Lookup;
import io.mcpserver.cache.ResultCache;
import io.mcpserver.config.LiveConfig;
import io.mcpserver.security.ServerSecret;
import io.mcpserver.storage.service.StoreService;
import io.mcpserver.tool.ToolCall;
import io.mcpserver.tool.ToolHandler;
import io.mcpserver.tool.ToolPolicy.CachePolicy;
import io.mcpserver.tool.ToolPolicy.CachePolicy.Sharing;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.ToolSpec;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Calls tools, or gives again what an equal call of a tool was answered, where the tool only reads and its policy lets its
 * results be kept. Kept is what a call ended well with, unless it ended after its time was over, or the tool asked the
 * client something or what it can do. Equal calls at the same time run the tool once.
 *
 * <p>A cache that cannot be reached or used changes no outcome of any call.
 *
 * <p>Threads: safe for any number of callers; to be called where a tool may block.
 */
@Singleton
public class CachedCalls {

    /** The most collections that a kept result may depend on. */
    static final int MOST_COLLECTIONS = 100;

    private final LiveConfig live;
    private final CurrentCache current;
    private final CacheMetrics metrics;
    private final Supplier<String> sources;
    private final SharedRuns runs = new SharedRuns();

    public CachedCalls(LiveConfig live, StoreService stores, ServerSecret secret, MeterRegistry registry) {
        this.live = live;
        this.current = new CurrentCache(live, secret::derived);
        this.metrics = new CacheMetrics(registry, current);
        this.sources = live.derived(config -> CallKey.digest(config.sources()));
        stores.listen(current);
    }

    /**
     * The result of the call.
     *
     * @param call whose caller may call the tool and whose arguments were found valid
     * @param handler runs the tool, and throws where its result may not be given out
     * @throws Exception what the handler throws
     */
    public ToolResult call(ToolSpec tool, ToolCall call, ToolHandler handler) throws Exception {
        Optional<CachePolicy> policy = tool.policy().cache();
        if (policy.isEmpty()) {
            return handler.call(call);
        }
        Optional<ResultCache> cache = mayBeKept(tool, policy.get()) ? current.cache() : Optional.empty();
        if (cache.isEmpty()) {
            metrics.count(CacheMetrics.Outcome.BYPASS);
            return handler.call(call);
        }
        CacheKey key = CallKey.of(tool, policy.get(), call.arguments(), call.caller(), sources.get());
        return call(call, handler, policy.get(), cache.get(), key);
    }

    private static boolean mayBeKept(ToolSpec tool, CachePolicy policy) {
        return tool.hints().readOnly() && policy.collections().size() <= MOST_COLLECTIONS;
    }

    private ToolResult call(ToolCall call, ToolHandler handler, CachePolicy policy, ResultCache cache, CacheKey key)
            throws Exception {
        Lookup found;
        try {
            found = cache.find(key);
        } catch (CacheUnavailableException | RuntimeException e) {
            metrics.count(CacheMetrics.Outcome.ERROR);
            metrics.failed(e);
            return handler.call(call);
        }
        Optional<ToolResult> kept = found.value().flatMap(KeptResult::read);
        if (kept.isPresent()) {
            metrics.count(CacheMetrics.Outcome.HIT);
            return kept.get();
        }
        metrics.count(CacheMetrics.Outcome.MISS);
        Duration ttl = policy.ttl().orElseGet(() -> live.now().cache().ttl());
        return runs.call(
                new SharedRuns.Subject(key, found.state()),
                () -> run(call, handler, policy, cache, key, found.state(), ttl));
    }

    /** Runs the tool and keeps its result. */
    private SharedRuns.Outcome run(
            ToolCall call,
            ToolHandler handler,
            CachePolicy policy,
            ResultCache cache,
            CacheKey key,
            String state,
            Duration ttl)
            throws Exception {
        WatchedCall watched = new WatchedCall(call);
        ToolResult result = handler.call(watched);
        boolean isForOthers = policy.sharing() == Sharing.CALLER || !watched.dependsOnCaller();
        // A tool that was interrupted may have ended early with less than there is.
        boolean good = isForOthers
                && !watched.dependsOnClient()
                && !Thread.currentThread().isInterrupted();
        if (good) {
            try {
                cache.keep(key, state, KeptResult.bytes(result), ttl);
            } catch (CacheUnavailableException | RuntimeException e) {
                metrics.failed(e);
            }
        }
        return new SharedRuns.Outcome(result, good);
    }

    @PreDestroy
    void close() {
        current.close();
    }
}
