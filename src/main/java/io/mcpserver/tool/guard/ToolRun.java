package io.mcpserver.tool.guard;

import io.mcpserver.tool.ToolOutcome;
import java.util.concurrent.CompletionStage;

/**
 * A call of a tool that has begun.
 *
 * <p>Threads: safe for any number of callers.
 */
public interface ToolRun {

    /** How the call ends; never completes exceptionally. That of a tool that only computes is complete already. */
    CompletionStage<ToolOutcome> outcome();

    /**
     * Ends the call with the failure {@code CANCELLED} and interrupts the tool; without effect on a call that has
     * ended.
     */
    void cancel();
}
