package io.mcpserver.tool;

/** What a tool does when it is called. */
@FunctionalInterface
public interface ToolHandler {

    /**
     * Does the work.
     *
     * <p>Runs on a thread that may block, unless the tool only computes; interrupted when the call is cancelled or its
     * time is over.
     *
     * @throws io.mcpserver.error.CodedException a failure with a sentence that says what to do
     * @throws Exception anything else is a defect: it is logged, and the client gets a reference to the log
     */
    ToolResult call(ToolCall call) throws Exception;
}
