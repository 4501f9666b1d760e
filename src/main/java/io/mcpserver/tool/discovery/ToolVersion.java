package io.mcpserver.tool.discovery;

import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.Offer;
import io.mcpserver.tool.PromptSpec;
import io.mcpserver.tool.Question;
import io.mcpserver.tool.ResourceSpec;
import io.mcpserver.tool.ToolCall;
import io.mcpserver.tool.ToolHandler;
import io.mcpserver.tool.ToolResult;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.file.DescribedHandler;
import io.mcpserver.tool.file.FileTest;
import io.mcpserver.tool.file.LoadedFile;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * What one version of a file offers. What it holds is given back when it is no longer offered and no call of it runs.
 *
 * <p>Threads: safe for any number of callers.
 */
final class ToolVersion {

    private static final Logger LOG = Logger.getLogger(ToolVersion.class);

    /**
     * A call that found the tool before it was replaced may begin later, because the user is asked first. To close late
     * costs little.
     */
    static final Duration GRACE = Question.LONGEST_WAIT.multipliedBy(2);

    private static final int CLOSED = Integer.MIN_VALUE;

    private final String shown;
    private final Offer offer;
    private final List<FileTest> tests;
    private final Runnable closing;
    private final boolean holdsNothing;

    /** Calls that run, or {@link #CLOSED}. */
    private final AtomicInteger running = new AtomicInteger();

    private volatile boolean retired;
    private volatile boolean tested;
    private volatile boolean offered;

    ToolVersion(String shown, LoadedFile loaded) {
        this.shown = shown;
        this.tests = loaded.tests();
        this.closing = loaded.closing();
        this.holdsNothing = loaded.holdsNothing();
        this.offer = new Offer(
                loaded.offer().tools().stream().map(this::counted).toList(),
                loaded.offer().prompts().stream().map(this::counted).toList(),
                loaded.offer().resources().stream().map(this::counted).toList());
    }

    Offer offer() {
        return offer;
    }

    List<FileTest> tests() {
        return tests;
    }

    /** Whether its tests have passed. */
    boolean isTested() {
        return tested;
    }

    void setTested() {
        tested = true;
    }

    /** To be called once it is offered: from then on calls may come late. */
    void setOffered() {
        offered = true;
    }

    /** Whether a tool of it runs a program. */
    boolean runsPrograms() {
        return offer.tools().stream()
                .anyMatch(tool -> tool.handler() instanceof DescribedHandler described && described.runsPrograms());
    }

    private ToolSpec counted(ToolSpec tool) {
        return new ToolSpec(
                tool.name(),
                tool.title(),
                tool.description(),
                tool.inputSchema(),
                tool.outputSchema(),
                tool.hints(),
                tool.execution(),
                tool.needs(),
                tool.policy(),
                tool.icons(),
                tool.version(),
                counted(tool.handler()));
    }

    private ToolHandler counted(ToolHandler handler) {
        return handler instanceof DescribedHandler described
                ? new CountedHandler(
                        described.kind(), described.runsPrograms(), call -> counted(() -> handler.call(call)))
                : call -> counted(() -> handler.call(call));
    }

    private record CountedHandler(String kind, boolean runsPrograms, ToolHandler counted) implements DescribedHandler {

        @Override
        public ToolResult call(ToolCall call) throws Exception {
            return counted.call(call);
        }
    }

    private PromptSpec counted(PromptSpec prompt) {
        PromptSpec.Rendering rendering = prompt.rendering();
        return new PromptSpec(
                prompt.name(), prompt.title(), prompt.description(), prompt.arguments(), (arguments, caller) -> {
                    begin();
                    try {
                        return rendering.messages(arguments, caller);
                    } finally {
                        end();
                    }
                });
    }

    private ResourceSpec counted(ResourceSpec resource) {
        return new ResourceSpec(
                resource.uri(),
                resource.name(),
                resource.title(),
                resource.description(),
                resource.mimeType(),
                caller -> counted(() -> resource.reading().text(caller)));
    }

    private <T> T counted(Callable<T> work) throws Exception {
        begin();
        try {
            return work.call();
        } finally {
            end();
        }
    }

    private void begin() {
        if (running.getAndUpdate(now -> now == CLOSED ? CLOSED : now + 1) == CLOSED) {
            throw new CodedException(ErrorCode.CONFLICT, "The tool was replaced while it was called; call it again.");
        }
    }

    private void end() {
        if (running.decrementAndGet() == 0 && retired) {
            closeIfIdle();
        }
    }

    /**
     * Gives back what the version holds, as soon as no call of it runs; to be called when it is no longer offered. What was
     * never offered is given back at once.
     */
    void retire() {
        if (!offered) {
            discard();
            return;
        }
        retire(CompletableFuture.delayedExecutor(GRACE.toMillis(), TimeUnit.MILLISECONDS, Thread.ofVirtual()::start));
    }

    /** Gives back at once what a version holds that was never offered, or whose server has ended. */
    void discard() {
        retire(Runnable::run);
    }

    void retire(Executor later) {
        if (holdsNothing) {
            return;
        }
        later.execute(() -> {
            retired = true;
            closeIfIdle();
        });
    }

    private void closeIfIdle() {
        if (running.compareAndSet(0, CLOSED)) {
            close(shown, closing);
        }
    }

    /** Gives back what a file holds; what goes wrong is logged, for it harms nobody. */
    static void close(String shown, Runnable closing) {
        try {
            closing.run();
        } catch (RuntimeException | LinkageError e) {
            LOG.warnf("%s: what an earlier version of it held could not be given back: %s", shown, e.toString());
        }
    }
}
