package io.mcpserver.tool.guard;

import io.mcpserver.config.LiveConfig;
import io.mcpserver.error.CodedException;
import io.quarkiverse.mcp.server.JsonRpcErrorCodes;
import io.quarkiverse.mcp.server.McpException;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

/**
 * The way in which resources, prompts and completions are answered: on a worker thread, with the
 * deadline of tools, and with failures as protocol errors that say what to do.
 *
 * <p>Threads: safe for any number of callers. Never throws, never blocks its caller.
 */
@Singleton
public class ReadGuard {

    private final Supplier<Deadline> deadline;

    public ReadGuard(LiveConfig config, ExecutorService workers) {
        this.deadline =
                config.derived(now -> new Deadline(workers, now.performance().requestTimeout()));
    }

    /**
     * Begins the work.
     *
     * @param what is being done, for error messages: "Reading storage://notes/1"
     */
    public <T> Uni<T> read(String what, Callable<T> work) {
        Deadline now = deadline.get();
        return Uni.createFrom()
                .completionStage(() -> now.run(work))
                .onFailure()
                .transform(failure -> asProtocolError(ToolFailure.of(what, failure, now.limit())));
    }

    private static McpException asProtocolError(CodedException failure) {
        int code =
                switch (failure.code()) {
                    case NOT_FOUND -> JsonRpcErrorCodes.RESOURCE_NOT_FOUND;
                    case INVALID_ARGUMENT, TOO_LARGE, UNSUPPORTED -> JsonRpcErrorCodes.INVALID_PARAMS;
                    default -> JsonRpcErrorCodes.INTERNAL_ERROR;
                };
        return new McpException(failure.code() + ": " + failure.getMessage(), failure, code);
    }
}
