package io.mcpserver.tool;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How a tool may be called; obeyed by the guard, not by the tool.
 *
 * @param timeout in place of {@code performance.request_timeout}
 * @param rate how often one caller may call
 * @param scope what the caller must have
 * @param cache how long a result may be given again to the same namespace for the same arguments
 * @param confirm whether the user is asked first, where the client can ask
 * @param groups by which a client chooses some of the tools
 */
public record ToolPolicy(
        Optional<Duration> timeout,
        Optional<Rate> rate,
        Optional<String> scope,
        Optional<CachePolicy> cache,
        boolean confirm,
        Set<String> groups) {

    /** A tool that everybody may call at any time. */
    public static final ToolPolicy NONE =
            new ToolPolicy(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false, Set.of());

    public ToolPolicy {
        groups = Set.copyOf(groups);
    }

    /** @param calls that one caller may make in each {@code period} */
    public record Rate(int calls, Duration period) {}

    /**
     * What may be kept of a tool that only reads.
     *
     * @param ttl how long; empty for {@code cache.ttl}
     * @param collections collections of the store whose change makes kept results void; empty where none does
     * @param sharing to whom a kept result may be given again
     */
    public record CachePolicy(Optional<Duration> ttl, Set<String> collections, Sharing sharing) {

        /** To whom a result may be given again. */
        public enum Sharing {
            /** To the same caller only: the result may depend on all that is known of the caller. */
            CALLER,
            /** To everybody with the same namespace: of the caller, the tool sees nothing else. */
            NAMESPACE
        }

        public CachePolicy {
            collections = Set.copyOf(collections);
        }

        /** The policy of a tool that may look at its caller. */
        public CachePolicy(Optional<Duration> ttl, Set<String> collections) {
            this(ttl, collections, Sharing.CALLER);
        }
    }
}
