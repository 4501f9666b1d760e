package io.mcpserver.mcp.trace;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.mcp.message.Era;
import io.mcpserver.mcp.message.Incoming.Request;
import io.mcpserver.tool.catalog.ToolCatalog;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

/**
 * Begins the span of each request, where the configuration asks for spans.
 *
 * <p>Threads: safe for any number of callers; nothing blocks, whatever state the collector is in. Closing sends what is
 * left, for at most two seconds.
 */
@Singleton
public class Tracing {

    /** {@code null} while tracing is off, so that OpenTelemetry is not even loaded. */
    private final SpanMaker spans;

    Tracing(ServerConfig config, ToolCatalog catalog) {
        spans = config.tracing().enabled()
                ? new SpanMaker(
                        SpanExport.open(config), name -> catalog.find(name).isPresent())
                : null;
    }

    /**
     * Begins the span of a request.
     *
     * @param method that the server knows, or a word for all others
     * @param revision of the session; an empty text where there is none
     * @param http whether HTTP brought the request
     */
    public RequestSpan begin(Era era, String method, Request request, String revision, boolean http) {
        return spans == null ? RequestSpan.NONE : spans.begin(era, method, request, revision, http);
    }

    @PreDestroy
    void close() {
        if (spans != null) {
            spans.close();
        }
    }
}
