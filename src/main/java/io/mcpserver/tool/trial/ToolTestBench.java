package io.mcpserver.tool.trial;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.CapabilityMissing;
import io.mcpserver.tool.InputRequired;
import io.mcpserver.tool.ToolCaller;
import io.mcpserver.tool.ToolOutcome;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.file.FileTest;
import io.mcpserver.tool.guard.ArgumentCheck;
import io.mcpserver.tool.guard.Deadline;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;

/**
 * Calls tools as a client would: arguments are held against the schema, the call has a deadline, a result is what the tool promises and
 * not too large, what is thrown is an outcome. Nobody is asked, and nothing is counted.
 *
 * <p>Threads: safe for any number of callers. Closing: waits for nothing.
 */
public final class ToolTestBench implements FileTest.Bench, AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, ToolSpec> tools = new HashMap<>();
    private final Map<String, ArgumentCheck> checks = new ConcurrentHashMap<>();
    private final Map<String, TrialResult> promises = new ConcurrentHashMap<>();
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final Duration limit;
    private final long maxBytes;

    /**
     * @param limit for tools without a timeout of their own
     * @param maxBytes that a result may have
     */
    public ToolTestBench(Collection<ToolSpec> tools, Duration limit, long maxBytes) {
        tools.forEach(tool -> this.tools.put(tool.name(), tool));
        this.limit = limit;
        this.maxBytes = maxBytes;
    }

    /** With the limits of a configuration. */
    public static ToolTestBench of(ServerConfig config, Collection<ToolSpec> tools) {
        return new ToolTestBench(
                tools, config.performance().requestTimeout(), config.tools().maxResultBytes());
    }

    @Override
    @SuppressWarnings("unchecked")
    public ToolOutcome call(String name, ObjectNode arguments, ToolCaller caller) {
        ToolSpec tool = tools.get(name);
        if (tool == null) {
            return failed(new CodedException(ErrorCode.NOT_FOUND, "There is no tool \"" + name + "\"."));
        }
        try {
            Map<String, Object> given = JSON.convertValue(arguments, Map.class);
            ObjectNode valid = checks.computeIfAbsent(name, any -> new ArgumentCheck(name, tool.inputSchema()))
                    .check(given);
            Deadline deadline = new Deadline(workers, tool.policy().timeout().orElse(limit));
            ToolResult result = deadline.run(() -> tool.handler().call(new TrialCall(valid, caller)))
                    .toCompletableFuture()
                    .get();
            promises.computeIfAbsent(name, any -> TrialResult.of(tool)).check(result);
            return result.bytes() > maxBytes ? failed(tooLarge(name, result)) : new ToolOutcome.Success(result);
        } catch (ExecutionException e) {
            return outcome(name, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(new CodedException(ErrorCode.CANCELLED, "The call of " + name + " was interrupted.", e));
        } catch (RuntimeException e) {
            return outcome(name, e);
        }
    }

    private CodedException tooLarge(String name, ToolResult result) {
        return new CodedException(
                ErrorCode.TOO_LARGE,
                "The result of %s has %,d bytes, more than tools.max_result_bytes allows (%,d)."
                        .formatted(name, result.bytes(), maxBytes));
    }

    private static ToolOutcome outcome(String name, Throwable thrown) {
        return switch (thrown) {
            case CodedException coded -> failed(coded);
            case InputRequired required -> new ToolOutcome.NeedsInput(required.questions());
            case CapabilityMissing missing -> new ToolOutcome.NeedsCapability(missing.features());
            case TimeoutException late ->
                failed(new CodedException(ErrorCode.TIMEOUT, name + " took too long and was stopped.", late));
            default ->
                failed(new CodedException(
                        ErrorCode.INTERNAL,
                        "%s failed: %s: %s".formatted(name, thrown.getClass().getSimpleName(), thrown.getMessage()),
                        thrown));
        };
    }

    private static ToolOutcome failed(CodedException failure) {
        return new ToolOutcome.Failure(failure);
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
