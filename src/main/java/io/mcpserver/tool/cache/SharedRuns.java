package io.mcpserver.tool.cache;

import io.mcpserver.cache.CacheKey;
import io.mcpserver.tool.ToolResult;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Work that is done once for all who want it at the same time. Where the first fails, is cancelled, or gets what is for it
 * alone, each of the others does the work itself.
 *
 * <p>Threads: safe for any number of callers.
 */
final class SharedRuns {

    /**
     * What is wanted.
     *
     * @param state of the data before the work; who comes after a change does not get what came before it
     */
    record Subject(CacheKey key, String state) {}

    /** @param good whether the result is right for the others too */
    record Outcome(ToolResult result, boolean good) {}

    private final ConcurrentMap<Subject, CompletableFuture<Optional<ToolResult>>> running = new ConcurrentHashMap<>();

    /**
     * The result of the work, or of the same work that runs already.
     *
     * @throws InterruptedException if the caller was interrupted while another did the work
     * @throws Exception what the work throws
     */
    ToolResult call(Subject subject, Callable<Outcome> work) throws Exception {
        CompletableFuture<Optional<ToolResult>> mine = new CompletableFuture<>();
        CompletableFuture<Optional<ToolResult>> first = running.putIfAbsent(subject, mine);
        if (first != null) {
            Optional<ToolResult> shared = first.get();
            return shared.isPresent() ? shared.get() : work.call().result();
        }
        Optional<ToolResult> shared = Optional.empty();
        try {
            Outcome outcome = work.call();
            if (outcome.good()) {
                shared = Optional.of(outcome.result());
            }
            return outcome.result();
        } finally {
            running.remove(subject, mine);
            mine.complete(shared);
        }
    }
}
