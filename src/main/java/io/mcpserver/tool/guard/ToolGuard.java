package io.mcpserver.tool.guard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.config.LiveConfig;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.CapabilityMissing;
import io.mcpserver.tool.ClientFeature;
import io.mcpserver.tool.InputRequired;
import io.mcpserver.tool.ToolCaller;
import io.mcpserver.tool.ToolClient;
import io.mcpserver.tool.ToolOutcome;
import io.mcpserver.tool.ToolOutcome.Failure;
import io.mcpserver.tool.ToolOutcome.NeedsCapability;
import io.mcpserver.tool.ToolOutcome.NeedsInput;
import io.mcpserver.tool.ToolOutcome.Success;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.ToolSpec.Execution;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The one way in which every tool is called: arguments are validated against the tool's input schema, the user is
 * asked where {@code tools.confirm} says so, the work has a deadline, a failure says what to do, a result that is too
 * large is refused, and the call is counted and timed. Tools do none of this themselves.
 *
 * <p>Threads: safe for any number of callers. Never throws; blocks its caller only for as long as a tool computes that
 * does not block.
 */
@Singleton
public class ToolGuard {

    private final ConcurrentMap<String, ArgumentCheck> checks = new ConcurrentHashMap<>();
    private final LiveConfig config;
    private final Supplier<Rules> rules;
    private final ToolMetrics metrics;

    /** What holds for a call from its beginning to its end, whatever is reloaded meanwhile. */
    private record Rules(ServerConfig.Tools limits, Deadline deadline, Confirmation confirmation) {}

    public ToolGuard(LiveConfig config, ExecutorService workers, ToolMetrics metrics) {
        this.config = config;
        this.metrics = metrics;
        this.rules = config.derived(now -> new Rules(
                now.tools(),
                new Deadline(workers, now.performance().requestTimeout()),
                new Confirmation(now.tools().confirm())));
    }

    /**
     * Begins a call. A tool that only computes has ended when this returns; one that may block, or that the user is
     * to confirm, runs on a worker thread.
     *
     * @param arguments as they came; not changed
     */
    public ToolRun call(ToolSpec tool, Map<String, Object> arguments, ToolCaller caller, ToolClient client) {
        metrics.begun();
        long start = System.nanoTime();
        Rules now = rules.get();
        boolean asks = now.confirmation().isDue(tool, client);
        if (tool.execution() == Execution.COMPUTES && !asks) {
            return new Ended(ended(tool, start, compute(now, tool, arguments, caller, client)));
        }
        try {
            TimedWork<ToolResult> work = now.deadline().begin(clock -> {
                ToolClient attended = new AttendedClient(client, clock);
                CheckedCall call = checked(now, tool, arguments, caller, attended);
                if (asks) {
                    now.confirmation().ask(tool, call.arguments(), attended);
                }
                return bounded(now, tool, tool.handler().call(call));
            });
            return new Running(tool, start, now, work);
        } catch (RejectedExecutionException e) {
            return new Ended(ended(tool, start, unsuccessful(now, tool, e)));
        }
    }

    private ToolOutcome compute(
            Rules now, ToolSpec tool, Map<String, Object> arguments, ToolCaller caller, ToolClient client) {
        try {
            return new Success(bounded(now, tool, tool.handler().call(checked(now, tool, arguments, caller, client))));
        } catch (Throwable e) {
            return unsuccessful(now, tool, e);
        }
    }

    private CheckedCall checked(
            Rules now, ToolSpec tool, Map<String, Object> arguments, ToolCaller caller, ToolClient client) {
        if (!now.limits().enabled()) {
            throw new CodedException(
                    ErrorCode.UNSUPPORTED, "Tools are switched off on this server (tools.enabled is false).");
        }
        if (!tool.needs().isEmpty()) {
            requireAll(tool.needs(), client);
        }
        ArgumentCheck check = check(tool);
        ObjectNode valid = check.check(arguments);
        return new CheckedCall(check, valid, caller, client);
    }

    private static void requireAll(Set<ClientFeature> needs, ToolClient client) {
        Set<ClientFeature> missing =
                needs.stream().filter(feature -> !client.can(feature)).collect(Collectors.toSet());
        if (!missing.isEmpty()) {
            throw new CapabilityMissing(missing);
        }
    }

    private ArgumentCheck check(ToolSpec tool) {
        ArgumentCheck known = checks.get(tool.name());
        if (known != null && known.isFor(tool)) {
            return known;
        }
        ArgumentCheck made = new ArgumentCheck(tool.name(), tool.inputSchema());
        checks.put(tool.name(), made);
        return made;
    }

    private ToolResult bounded(Rules now, ToolSpec tool, ToolResult result) {
        long bytes = result.bytes();
        // A tool that fitted its result to either limit did right, when the limit changed while it ran.
        int most = Math.max(now.limits().maxResultBytes(), config.now().tools().maxResultBytes());
        if (bytes > most) {
            throw new CodedException(
                    ErrorCode.TOO_LARGE,
                    "The result of %s has %,d bytes, more than tools.max_result_bytes allows (%,d); ask for less."
                            .formatted(tool.name(), bytes, most));
        }
        return result;
    }

    private ToolOutcome unsuccessful(Rules now, ToolSpec tool, Throwable thrown) {
        return switch (ToolFailure.cause(thrown)) {
            case InputRequired required -> new NeedsInput(required.questions());
            case CapabilityMissing missing -> new NeedsCapability(missing.features());
            case Throwable other ->
                new Failure(ToolFailure.of(tool.name(), other, now.deadline().limit()));
        };
    }

    private ToolOutcome ended(ToolSpec tool, long start, ToolOutcome outcome) {
        metrics.ended(tool.name(), outcome, System.nanoTime() - start);
        return outcome;
    }

    private record Ended(CompletionStage<ToolOutcome> outcome) implements ToolRun {

        Ended(ToolOutcome outcome) {
            this(CompletableFuture.completedFuture(outcome));
        }

        @Override
        public void cancel() {
            // Too late.
        }
    }

    private final class Running implements ToolRun {

        private final ToolSpec tool;
        private final TimedWork<ToolResult> work;
        private final CompletionStage<ToolOutcome> outcome;

        Running(ToolSpec tool, long start, Rules now, TimedWork<ToolResult> work) {
            this.tool = tool;
            this.work = work;
            this.outcome = work.answer()
                    .handle((result, failure) -> ended(
                            tool, start, failure == null ? new Success(result) : unsuccessful(now, tool, failure)));
        }

        @Override
        public CompletionStage<ToolOutcome> outcome() {
            return outcome;
        }

        @Override
        public void cancel() {
            work.end(new CodedException(
                    ErrorCode.CANCELLED,
                    "The call of %s was cancelled; if it was to write, first look what is there."
                            .formatted(tool.name())));
        }
    }
}
