package io.mcpserver.tool.cache;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * What the cache did: {@code mcp_cache_requests_total} by outcome, {@code mcp_cache_errors_total}, {@code mcp_cache_size},
 * {@code mcp_cache_evictions_total}; and a warning where it fails, at most one a minute.
 */
final class CacheMetrics {

    /** How a call of a tool whose results may be kept met the cache. */
    enum Outcome {
        /** The result was there. */
        HIT,
        /** The tool ran. */
        MISS,
        /** The cache was not asked. */
        BYPASS,
        /** The cache could not be asked, so the tool ran. */
        ERROR
    }

    private static final Logger LOG = Logger.getLogger(CachedCalls.class);
    private static final long SILENCE = Duration.ofMinutes(1).toNanos();

    private final Map<Outcome, Counter> outcomes = new EnumMap<>(Outcome.class);
    private final Counter errors;
    private final AtomicLong silentUntil = new AtomicLong(System.nanoTime());

    CacheMetrics(MeterRegistry registry, CurrentCache cache) {
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(
                    outcome,
                    Counter.builder("mcp.cache.requests")
                            .description("Calls of tools whose results may be kept")
                            .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        errors = Counter.builder("mcp.cache.errors")
                .description("Look-ups and results that the cache failed at")
                .register(registry);
        Gauge.builder(
                        "mcp.cache.size",
                        () -> cache.size().stream().asDoubleStream().findFirst().orElse(Double.NaN))
                .description("Results that are kept in this process")
                .register(registry);
        FunctionCounter.builder("mcp.cache.evictions", cache, CurrentCache::evictions)
                .description("Results that left because of age or want of room")
                .register(registry);
    }

    void count(Outcome outcome) {
        outcomes.get(outcome).increment();
    }

    void failed(Exception why) {
        errors.increment();
        long now = System.nanoTime();
        long until = silentUntil.get();
        if (now - until >= 0 && silentUntil.compareAndSet(until, now + SILENCE)) {
            LOG.warnf("Results are not kept, tools run as if there were no cache: %s", why.getMessage());
        }
    }
}
