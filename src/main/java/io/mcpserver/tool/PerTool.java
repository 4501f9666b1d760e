package io.mcpserver.tool;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.function.Function;

/**
 * What is worked out of a tool once, when it is first needed, and forgotten with it.
 *
 * <p>Threads: safe for any number of callers.
 */
public final class PerTool<V> {

    /** Looked up at every call: housekeeping for a handful of entries is not worth waking another thread. */
    private final Cache<ToolSpec, V> known =
            Caffeine.newBuilder().weakKeys().executor(Runnable::run).build();

    private final Function<ToolSpec, V> worked;

    /** @param worked gives the value of a tool, never {@code null} */
    public PerTool(Function<ToolSpec, V> worked) {
        this.worked = worked;
    }

    public V of(ToolSpec tool) {
        return known.get(tool, worked);
    }
}
