package io.mcpserver.tool.builtin;

import io.mcpserver.storage.Search;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Locale;

/** Counts what tools do to documents: {@code mcp_storage_{saved,deleted,searches}_total}. */
@Singleton
public class StorageMetrics {

    private final MeterRegistry registry;
    private final Counter saved;
    private final Counter deleted;

    public StorageMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.saved = Counter.builder("mcp.storage.saved")
                .description("Documents saved by tools")
                .register(registry);
        this.deleted = Counter.builder("mcp.storage.deleted")
                .description("Documents deleted by tools")
                .register(registry);
    }

    void saved(int documents) {
        saved.increment(documents);
    }

    void deleted(long documents) {
        deleted.increment(documents);
    }

    void searched(Search.Mode mode) {
        registry.counter("mcp.storage.searches", "mode", mode.name().toLowerCase(Locale.ROOT))
                .increment();
    }
}
