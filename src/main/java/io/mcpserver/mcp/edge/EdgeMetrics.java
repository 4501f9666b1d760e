package io.mcpserver.mcp.edge;

import io.mcpserver.mcp.call.Questions;
import io.mcpserver.mcp.session.Sessions;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** How many sessions, event streams and calls are open. */
@Singleton
class EdgeMetrics {

    private final MeterRegistry registry;
    private final Sessions sessions;
    private final LegacySse legacySse;
    private final OpenStreams streams;
    private final OpenCalls calls;
    private final Questions questions;

    EdgeMetrics(
            MeterRegistry registry,
            Sessions sessions,
            LegacySse legacySse,
            OpenStreams streams,
            OpenCalls calls,
            Questions questions) {
        this.registry = registry;
        this.sessions = sessions;
        this.legacySse = legacySse;
        this.streams = streams;
        this.calls = calls;
        this.questions = questions;
    }

    void register() {
        Gauge.builder("mcp.sessions.open", () -> sessions.count() + legacySse.count())
                .description("Sessions that this process keeps in memory")
                .register(registry);
        Gauge.builder("mcp.streams.open", streams, OpenStreams::count)
                .description("Event streams that clients listen to")
                .register(registry);
        Gauge.builder("mcp.calls.open", calls, OpenCalls::count)
                .description("Calls that came by HTTP and are not answered yet")
                .register(registry);
        Gauge.builder("mcp.questions.open", questions, Questions::count)
                .description("Questions of tools that clients with a session have not answered yet")
                .register(registry);
    }
}
