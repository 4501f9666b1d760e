package io.mcpserver.mcp.call;

import io.mcpserver.mcp.message.Era;
import io.mcpserver.mcp.message.JsonRpcError;
import io.mcpserver.mcp.trace.RequestSpan;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.atomic.AtomicBoolean;

/** Times and traces one request from its arrival to its end, which is told once. */
public final class RequestTimer {

    static final String OK = "ok";
    static final String TOOL_ERROR = "tool_error";
    static final String INPUT_REQUIRED = "input_required";
    static final String CANCELLED = "cancelled";

    private final RequestMetrics metrics;
    private final Era era;
    private final String method;
    private final RequestSpan span;
    private final long began = System.nanoTime();
    private final AtomicBoolean over = new AtomicBoolean();

    RequestTimer(RequestMetrics metrics, Era era, String method, RequestSpan span) {
        this.metrics = metrics;
        this.era = era;
        this.method = method;
        this.span = span;
    }

    public Era era() {
        return era;
    }

    public void ok() {
        end(OK);
    }

    public void toolError() {
        fail(TOOL_ERROR, TOOL_ERROR);
    }

    public void inputRequired() {
        end(INPUT_REQUIRED);
    }

    public void cancelled() {
        end(CANCELLED);
    }

    public void error(int code) {
        fail(RequestMetrics.word(code), Integer.toString(code));
    }

    /** Ends with what an answer says. */
    public void answered(JsonObject answer) {
        if (answer.getValue("error") instanceof JsonObject error) {
            error(error.getInteger("code", JsonRpcError.INTERNAL_ERROR));
        } else {
            ok();
        }
    }

    private void end(String outcome) {
        if (over.compareAndSet(false, true)) {
            metrics.ended(era, method, outcome, System.nanoTime() - began);
            span.end(outcome);
        }
    }

    private void fail(String outcome, String errorType) {
        if (over.compareAndSet(false, true)) {
            metrics.ended(era, method, outcome, System.nanoTime() - began);
            span.fail(outcome, errorType);
        }
    }
}
