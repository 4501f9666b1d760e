package io.mcpserver.tool.guard;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.ToolSchemas;
import io.quarkiverse.mcp.server.RawMessage;
import io.quarkiverse.mcp.server.ToolResponse;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;

/**
 * The one way in which every tool is called: arguments are validated against the tool's input schema,
 * the work has a deadline, a failure becomes a result that says what to do, a result that is too large
 * is refused, and the call is counted and timed. Tools do none of this themselves.
 *
 * <p>Threads: safe for any number of callers. Never throws, never blocks its caller.
 */
@Singleton
public class ToolGuard {

    private final ToolSchemas schemas = new ToolSchemas();
    private final ConcurrentMap<String, ArgumentCheck> checks = new ConcurrentHashMap<>();
    private final Deadline deadline;
    private final ToolMetrics metrics;
    private final ServerConfig.Tools limits;

    public ToolGuard(ServerConfig config, ExecutorService workers, ToolMetrics metrics) {
        this.deadline = new Deadline(workers, config.performance().requestTimeout());
        this.metrics = metrics;
        this.limits = config.tools();
    }

    /**
     * Calls a built-in tool whose work may block, on a worker thread.
     *
     * @param arguments a record whose components bear the arguments' names
     */
    public <A> Uni<ToolResponse> call(
            String tool, RawMessage message, Class<A> arguments, Function<A, ToolResult> work) {
        return call(tool, check(tool), message, arguments, work);
    }

    /** Calls any tool whose work may block, on a worker thread, with arguments that {@code check} knows. */
    public <A> Uni<ToolResponse> call(
            String tool, ArgumentCheck check, RawMessage message, Class<A> arguments, Function<A, ToolResult> work) {
        long start = begin();
        return Uni.createFrom()
                .completionStage(
                        () -> deadline.run(() -> bounded(tool, work.apply(checked(check, message, arguments)))))
                .onItemOrFailure()
                .transform((response, failure) ->
                        failure == null ? succeeded(tool, start, response) : failed(tool, start, failure));
    }

    /** Calls a built-in tool that only computes, at once and on the caller's thread. */
    public <A> ToolResponse compute(String tool, RawMessage message, Class<A> arguments, Function<A, ToolResult> work) {
        long start = begin();
        try {
            return succeeded(tool, start, bounded(tool, work.apply(checked(check(tool), message, arguments))));
        } catch (RuntimeException e) {
            return failed(tool, start, e);
        }
    }

    private long begin() {
        metrics.begun();
        return System.nanoTime();
    }

    private <A> A checked(ArgumentCheck check, RawMessage message, Class<A> type) {
        if (!limits.enabled()) {
            throw new CodedException(
                    ErrorCode.UNSUPPORTED, "Tools are switched off on this server (tools.enabled is false).");
        }
        return check.check(arguments(message), type);
    }

    private ToolResponse bounded(String tool, ToolResult result) {
        long bytes = result.bytes();
        if (bytes > limits.maxResultBytes()) {
            throw new CodedException(
                    ErrorCode.TOO_LARGE,
                    "The result of %s has %,d bytes, more than tools.max_result_bytes allows (%,d); ask for less."
                            .formatted(tool, bytes, limits.maxResultBytes()));
        }
        return ToolResponses.success(result);
    }

    private ToolResponse succeeded(String tool, long start, ToolResponse response) {
        metrics.ended(tool, ToolMetrics.NO_CODE, System.nanoTime() - start);
        return response;
    }

    private ToolResponse failed(String tool, long start, Throwable thrown) {
        CodedException failure = ToolFailure.of(tool, thrown, deadline.limit());
        metrics.ended(tool, failure.code().name(), System.nanoTime() - start);
        return ToolResponses.failure(failure);
    }

    private ArgumentCheck check(String tool) {
        return checks.computeIfAbsent(tool, name -> new ArgumentCheck(name, schemas.input(name)));
    }

    private static Map<String, Object> arguments(RawMessage message) {
        JsonObject params = message.asJsonObject().getJsonObject("params");
        JsonObject arguments = params == null ? null : params.getJsonObject("arguments");
        return arguments == null ? Map.of() : arguments.getMap();
    }
}
