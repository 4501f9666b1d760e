package io.mcpserver.mcp.trace;

/** What is told of one request when it ends; to be ended once. */
public interface RequestSpan {

    /** Of a request that is not traced. */
    RequestSpan NONE = new RequestSpan() {
        @Override
        public void end(String outcome) {}

        @Override
        public void fail(String outcome, String errorType) {}
    };

    /** @param outcome as metrics name it */
    void end(String outcome);

    /**
     * Ends with an error.
     *
     * @param outcome as metrics name it
     * @param errorType the code of a JSON-RPC error, or {@code tool_error}
     */
    void fail(String outcome, String errorType);
}
