package io.mcpserver.mcp.call;

import io.mcpserver.mcp.message.Era;
import io.mcpserver.mcp.message.Incoming.Request;
import io.mcpserver.mcp.message.JsonRpcError;
import io.mcpserver.mcp.trace.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * Counts, times, traces and logs requests: {@code mcp_requests_seconds} by era, method and outcome, a span where tracing
 * is on, and a line of DEBUG for each, with the same as fields where the log is JSON.
 *
 * <p>What a stranger chooses never becomes a tag: unknown methods count as {@code other}.
 */
@Singleton
public class RequestMetrics {

    private static final Logger LOG = Logger.getLogger("io.mcpserver.requests");

    private static final String OTHER = "other";

    private static final Set<String> METHODS = Set.of(
            "initialize",
            "ping",
            "server/discover",
            "tools/list",
            "tools/call",
            "prompts/list",
            "prompts/get",
            "resources/list",
            "resources/templates/list",
            "resources/read",
            "resources/subscribe",
            "resources/unsubscribe",
            "subscriptions/listen",
            "logging/setLevel",
            "completion/complete");

    private static final Map<Integer, String> ERRORS = Map.of(
            JsonRpcError.PARSE_ERROR, "parse_error",
            JsonRpcError.INVALID_REQUEST, "invalid_request",
            JsonRpcError.METHOD_NOT_FOUND, "method_not_found",
            JsonRpcError.INVALID_PARAMS, "invalid_params",
            JsonRpcError.INTERNAL_ERROR, "internal_error",
            JsonRpcError.RESOURCE_NOT_FOUND, "resource_not_found",
            JsonRpcError.HEADER_MISMATCH, "header_mismatch",
            JsonRpcError.MISSING_CAPABILITY, "missing_capability",
            JsonRpcError.UNSUPPORTED_REVISION, "unsupported_revision",
            JsonRpcError.UNAVAILABLE, "unavailable");

    private record Series(Era era, String method, String outcome) {}

    private final MeterRegistry registry;
    private final Tracing tracing;
    private final ConcurrentMap<Series, Timer> timers = new ConcurrentHashMap<>();

    RequestMetrics(MeterRegistry registry, Tracing tracing) {
        this.registry = registry;
        this.tracing = tracing;
    }

    /**
     * Begins to time a request that belongs to no session.
     *
     * @param http whether HTTP brought it
     */
    public RequestTimer begin(Era era, Request request, boolean http) {
        return begin(era, request, "", http);
    }

    /**
     * Begins to time a request.
     *
     * @param revision of the session; an empty text where there is none
     * @param http whether HTTP brought it
     */
    public RequestTimer begin(Era era, Request request, String revision, boolean http) {
        String method = METHODS.contains(request.method()) ? request.method() : OTHER;
        return new RequestTimer(this, era, method, tracing.begin(era, method, request, revision, http));
    }

    static String word(int code) {
        return ERRORS.getOrDefault(code, "error");
    }

    void ended(Era era, String method, String outcome, long nanos) {
        timers.computeIfAbsent(new Series(era, method, outcome), this::timer).record(nanos, TimeUnit.NANOSECONDS);
        if (LOG.isDebugEnabled()) {
            log(era, method, outcome, nanos);
        }
    }

    private static void log(Era era, String method, String outcome, long nanos) {
        String micros = Long.toString(nanos / 1_000);
        Map<String, String> fields =
                Map.of("mcp.era", era.word(), "mcp.method", method, "mcp.outcome", outcome, "mcp.micros", micros);
        fields.forEach(MDC::put);
        try {
            LOG.debugf("%s %s: %s in %s µs", era.word(), method, outcome, micros);
        } finally {
            fields.keySet().forEach(MDC::remove);
        }
    }

    private Timer timer(Series series) {
        return Timer.builder("mcp.requests")
                .description("Requests of clients, from their arrival to their answer")
                .tag("era", series.era().word())
                .tag("method", series.method())
                .tag("outcome", series.outcome())
                .register(registry);
    }
}
