package io.mcpserver.tool.guard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.ToolCaller;
import io.mcpserver.tool.ToolPolicy.Rate;
import io.mcpserver.tool.ToolSpec;
import java.util.function.LongSupplier;

/**
 * How often each caller may call each tool: a bucket of tokens for the two, full at first, that fills up evenly.
 *
 * <p>Threads: safe for any number of callers. Memory is bounded; a bucket that is pushed out is full again.
 */
final class RateLimits {

    private static final long MOST = 10_000;
    private static final double NANOS_PER_SECOND = 1e9;

    /** Callers are told apart by the names of their keys, which the operator gives. */
    private record Who(String caller, String tool, Rate rate) {}

    private final Cache<Who, Bucket> buckets =
            Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();
    private final LongSupplier nanoTime;

    /** @param nanoTime a clock as {@link System#nanoTime} */
    RateLimits(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Counts a call.
     *
     * @throws CodedException {@code RATE_LIMITED}, saying when to come again
     */
    void take(ToolSpec tool, ToolCaller caller) {
        tool.policy().rate().ifPresent(rate -> {
            long wait = bucket(tool, caller, rate).take(nanoTime.getAsLong());
            if (wait > 0) {
                throw new CodedException(
                        ErrorCode.RATE_LIMITED,
                        "%s may be called %s by one caller; nothing was done. Call again in %s."
                                .formatted(tool.name(), words(rate), seconds(wait)));
            }
        });
    }

    /** Takes a call back that was counted. */
    void giveBack(ToolSpec tool, ToolCaller caller) {
        tool.policy().rate().ifPresent(rate -> bucket(tool, caller, rate).giveBack());
    }

    private Bucket bucket(ToolSpec tool, ToolCaller caller, Rate rate) {
        return buckets.get(new Who(caller.name(), tool.name(), rate), who -> new Bucket(rate, nanoTime.getAsLong()));
    }

    private static String words(Rate rate) {
        return (rate.calls() == 1 ? "once" : rate.calls() + " times") + " in "
                + seconds(rate.period().toNanos());
    }

    /** Rounded up, so that who waits as long is let in. */
    private static String seconds(long nanos) {
        return (long) Math.ceil(nanos / NANOS_PER_SECOND) + " s";
    }

    private static final class Bucket {

        private final double most;
        private final double tokensPerNano;
        private double tokens;
        private long filled;

        Bucket(Rate rate, long now) {
            this.most = rate.calls();
            this.tokensPerNano = most / Math.max(1, rate.period().toNanos());
            this.tokens = most;
            this.filled = now;
        }

        /** Nanoseconds until there is a token; 0 if one was taken. */
        synchronized long take(long now) {
            tokens = Math.min(most, tokens + Math.max(0, now - filled) * tokensPerNano);
            filled = now;
            if (tokens < 1) {
                return (long) Math.ceil((1 - tokens) / tokensPerNano);
            }
            tokens--;
            return 0;
        }

        synchronized void giveBack() {
            tokens = Math.min(most, tokens + 1);
        }
    }
}
