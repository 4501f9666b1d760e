package io.mcpserver.tool.declarative;

import io.mcpserver.tool.ToolCall;
import io.mcpserver.tool.ToolResult;

/**
 * What a tool of a kind does when it is called.
 *
 * <p>Threads: safe for any number of callers. Runs on a thread that may block, unless the kind only computes;
 * interrupted when the call is over.
 */
@FunctionalInterface
public interface KindHandler {

    /**
     * Does the work.
     *
     * @param inputs with defaults and with what the operator bound, unlike the arguments of {@code call}
     * @param call whose caller is not looked at: what depends on it is bound as an input
     * @throws io.mcpserver.error.CodedException a failure with a sentence that says what to do
     * @throws Exception anything else is a defect: it is logged, and the client gets a reference to the log
     */
    ToolResult call(Inputs inputs, ToolCall call) throws Exception;
}
