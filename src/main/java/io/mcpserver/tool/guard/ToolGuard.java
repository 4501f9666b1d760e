package io.mcpserver.tool.guard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.config.LiveConfig;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.CapabilityMissing;
import io.mcpserver.tool.ClientFeature;
import io.mcpserver.tool.InputRequired;
import io.mcpserver.tool.PerTool;
import io.mcpserver.tool.ToolCaller;
import io.mcpserver.tool.ToolClient;
import io.mcpserver.tool.ToolHandler;
import io.mcpserver.tool.ToolOutcome;
import io.mcpserver.tool.ToolOutcome.Failure;
import io.mcpserver.tool.ToolOutcome.NeedsCapability;
import io.mcpserver.tool.ToolOutcome.NeedsInput;
import io.mcpserver.tool.ToolOutcome.Success;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.ToolSpec.Execution;
import io.mcpserver.tool.cache.CachedCalls;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;

/**
 * The one way in which every tool is called: what the tool's policy demands of the caller is seen to, arguments are
 * validated against the tool's input schema, the user is asked where {@code tools.confirm} or the tool says so, the work
 * has a deadline, a kept result may take its place, a failure says what to do, a result that is too large or not as promised is refused, and the call is
 * counted and timed. Tools do none of this themselves.
 *
 * <p>Threads: safe for any number of callers. Never throws; blocks its caller only for as long as a tool computes that
 * does not block.
 */
@Singleton
public class ToolGuard {

    private final PerTool<ArgumentCheck> checks =
            new PerTool<>(tool -> new ArgumentCheck(tool.name(), tool.inputSchema()));

    private final ResultCheck results = new ResultCheck();
    private final RateLimits rates = new RateLimits(System::nanoTime);
    private final LiveConfig config;
    private final ExecutorService workers;
    private final Confirmation confirmation;
    private final ToolMetrics metrics;
    private final CachedCalls cached;

    public ToolGuard(LiveConfig config, ExecutorService workers, ToolMetrics metrics, CachedCalls cached) {
        this.cached = cached;
        this.config = config;
        this.workers = workers;
        this.metrics = metrics;
        this.confirmation = new Confirmation(config);
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
        ServerConfig now = config.now();
        TimeLimit limit = TimeLimit.of(tool, now);
        boolean asks = confirmation.isDue(tool, client);
        if (tool.execution() == Execution.COMPUTES && !asks) {
            return new Ended(ended(tool, start, compute(tool, arguments, caller, client, now)));
        }
        try {
            return new Running(tool, start, limit, new Deadline(workers, limit.time()).begin(clock -> {
                        ToolClient attended = new AttendedClient(client, clock);
                        CheckedCall call = checked(tool, arguments, caller, attended);
                        if (asks) {
                            confirmation.ask(tool, call.arguments(), attended);
                        }
                        return work(tool, call, now);
                    }));
        } catch (RejectedExecutionException e) {
            return new Ended(ended(tool, start, unsuccessful(tool, e, limit)));
        }
    }

    private ToolOutcome compute(
            ToolSpec tool, Map<String, Object> arguments, ToolCaller caller, ToolClient client, ServerConfig now) {
        try {
            return new Success(work(tool, checked(tool, arguments, caller, client), now));
        } catch (Throwable e) {
            return unsuccessful(tool, e, TimeLimit.of(tool, now));
        }
    }

    private ToolResult work(ToolSpec tool, CheckedCall call, ServerConfig now) throws Exception {
        rates.take(tool, call.caller());
        try {
            ToolHandler handler =
                    one -> inTime(call, bounded(tool, tool.handler().call(one), now));
            return tool.execution() == Execution.BLOCKS ? cached.call(tool, call, handler) : handler.call(call);
        } catch (InputRequired asked) {
            // The same call comes again, with the answers.
            rates.giveBack(tool, call.caller());
            throw asked;
        }
    }

    /** What a tool gives after it was interrupted may be less than there is; nobody gets it, also not later. */
    private static ToolResult inTime(CheckedCall call, ToolResult result) throws InterruptedException {
        if (call.client() instanceof AttendedClient attended && attended.call().isOver()) {
            throw new InterruptedException("The call is over.");
        }
        return result;
    }

    private CheckedCall checked(ToolSpec tool, Map<String, Object> arguments, ToolCaller caller, ToolClient client) {
        if (!config.now().tools().enabled()) {
            throw new CodedException(
                    ErrorCode.UNSUPPORTED, "Tools are switched off on this server (tools.enabled is false).");
        }
        requireScope(tool, caller);
        if (!tool.needs().isEmpty()) {
            requireAll(tool.needs(), client);
        }
        ArgumentCheck check = checks.of(tool);
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

    private static void requireScope(ToolSpec tool, ToolCaller caller) {
        tool.policy().scope().filter(scope -> !caller.has(scope)).ifPresent(scope -> {
            throw new CodedException(
                    ErrorCode.FORBIDDEN,
                    "%s demands the scope \"%s\", which your key does not have; ask the operator for one that has."
                            .formatted(tool.name(), scope));
        });
    }

    private ToolResult bounded(ToolSpec tool, ToolResult result, ServerConfig began) {
        results.check(tool, result);
        long bytes = result.bytes();
        // A tool that fitted its result to either limit did right, when the limit changed while it ran.
        int most = Math.max(began.tools().maxResultBytes(), config.now().tools().maxResultBytes());
        if (bytes > most) {
            throw new CodedException(
                    ErrorCode.TOO_LARGE,
                    "The result of %s has %,d bytes, more than tools.max_result_bytes allows (%,d); ask for less."
                            .formatted(tool.name(), bytes, most));
        }
        return result;
    }

    private ToolOutcome unsuccessful(ToolSpec tool, Throwable thrown, TimeLimit limit) {
        return switch (ToolFailure.cause(thrown)) {
            case InputRequired required -> new NeedsInput(required.questions());
            case CapabilityMissing missing -> new NeedsCapability(missing.features());
            case Throwable other -> new Failure(ToolFailure.of(tool.name(), other, limit));
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

        Running(ToolSpec tool, long start, TimeLimit limit, TimedWork<ToolResult> work) {
            this.tool = tool;
            this.work = work;
            this.outcome = work.answer()
                    .handle((result, failure) -> ended(
                            tool, start, failure == null ? new Success(result) : unsuccessful(tool, failure, limit)));
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
