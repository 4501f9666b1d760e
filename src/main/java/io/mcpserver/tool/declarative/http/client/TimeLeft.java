package io.mcpserver.tool.declarative.http.client;

import java.time.Duration;

/** A moment until which something must be done. */
public record TimeLeft(long endNanos) {

    public static TimeLeft of(Duration duration) {
        return new TimeLeft(System.nanoTime() + duration.toNanos());
    }

    /** Zero or less once it has passed. */
    public Duration left() {
        return Duration.ofNanos(endNanos - System.nanoTime());
    }
}
