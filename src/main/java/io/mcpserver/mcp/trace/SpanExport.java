package io.mcpserver.mcp.trace;

import io.mcpserver.config.ServerConfig;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;

/**
 * The way of spans to the collector: sampled, kept in a queue of 2,048, sent every second by a thread of its own.
 *
 * <p>What the collector does not take is dropped and not tried again: it must never hold up a call or fill memory.
 */
final class SpanExport {

    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);
    private static final Duration SEND_LIMIT = Duration.ofSeconds(5);
    private static final int LONGEST_VALUE = 256;

    private SpanExport() {}

    static SdkTracerProvider open(ServerConfig config) {
        String endpoint = config.tracing().endpoint().replaceFirst("/$", "") + "/v1/traces";
        OtlpHttpSpanExporter sender = OtlpHttpSpanExporter.builder()
                .setEndpoint(endpoint)
                .setConnectTimeout(CONNECT_LIMIT)
                .setTimeout(SEND_LIMIT)
                .setRetryPolicy(null)
                .build();
        return SdkTracerProvider.builder()
                .setResource(Resource.getDefault().merge(Resource.create(identity(config.server()))))
                .setSampler(Sampler.parentBased(
                        Sampler.traceIdRatioBased(config.tracing().sampleRatio())))
                .setSpanLimits(SpanLimits.builder()
                        .setMaxAttributeValueLength(LONGEST_VALUE)
                        .build())
                .addSpanProcessor(BatchSpanProcessor.builder(new OutspokenExporter(sender, endpoint))
                        .setScheduleDelay(EVERY)
                        .setExporterTimeout(SEND_LIMIT)
                        .build())
                .build();
    }

    private static Attributes identity(ServerConfig.Server server) {
        return Attributes.of(
                AttributeKey.stringKey("service.name"),
                server.name(),
                AttributeKey.stringKey("service.version"),
                server.version());
    }
}
