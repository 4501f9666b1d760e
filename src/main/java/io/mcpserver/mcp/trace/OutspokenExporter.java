package io.mcpserver.mcp.trace;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Says once that the collector takes no spans, and once that it takes them again, however many are lost between. */
final class OutspokenExporter implements SpanExporter {

    private static final Logger LOG = Logger.getLogger(OutspokenExporter.class);

    private final SpanExporter sender;
    private final String endpoint;
    private final AtomicBoolean failing = new AtomicBoolean();

    OutspokenExporter(SpanExporter sender, String endpoint) {
        this.sender = sender;
        this.endpoint = endpoint;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        CompletableResultCode sent = sender.export(spans);
        return sent.whenComplete(() -> say(sent));
    }

    private void say(CompletableResultCode sent) {
        if (!sent.isSuccess() && failing.compareAndSet(false, true)) {
            LOG.warnf(
                    "Spans are dropped until %s takes them (%s); check tracing.endpoint",
                    endpoint, reason(sent.getFailureThrowable()));
        } else if (sent.isSuccess() && failing.compareAndSet(true, false)) {
            LOG.infof("Spans are sent to %s again", endpoint);
        }
    }

    /** In short: what the network said, without the exceptions that it is wrapped in. */
    private static String reason(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(IOException.class::isInstance)
                .findFirst()
                .map(e -> e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage()))
                .orElse("it refused them");
    }

    @Override
    public CompletableResultCode flush() {
        return sender.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return sender.shutdown();
    }
}
