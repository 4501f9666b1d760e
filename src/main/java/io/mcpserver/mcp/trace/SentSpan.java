package io.mcpserver.mcp.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;

/** A request as a span of OpenTelemetry. */
record SentSpan(Span span) implements RequestSpan {

    private static final String OUTCOME = "mcpserver.outcome";

    @Override
    public void end(String outcome) {
        span.setAttribute(OUTCOME, outcome).end();
    }

    @Override
    public void fail(String outcome, String errorType) {
        span.setStatus(StatusCode.ERROR).setAttribute("error.type", errorType);
        end(outcome);
    }
}
