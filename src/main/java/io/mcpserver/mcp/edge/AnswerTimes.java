package io.mcpserver.mcp.edge;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.http.Outcome;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/**
 * Times every answer on the MCP paths as {@code http_server_requests_seconds}, in seconds from the head of the request to
 * the end of the response, with the tags that Quarkus gives to all other paths.
 *
 * <p>Quarkus is told to leave these paths out ({@code binder.http-server.ignore-patterns}): it looks each series up by
 * its tags anew, which took a sixth of the time of a small call.
 */
@Singleton
class AnswerTimes {

    private static final String OTHER = "OTHER";
    private static final Set<HttpMethod> KNOWN = Set.copyOf(HttpMethod.values());

    private record Series(String method, String path, int status) {}

    private final MeterRegistry registry;
    private final ConcurrentMap<Series, Timer> timers = new ConcurrentHashMap<>();

    AnswerTimes(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Times the answer to come, if the path is one of MCP, and has the next handler run. */
    void watchAndGoOn(RoutingContext http) {
        watch(http);
        http.next();
    }

    /** Times the answer to come, if the path is one of MCP. */
    void watch(RoutingContext http) {
        int path = StreamableHttp.PATHS.indexOf(http.request().path());
        if (path >= 0) {
            long began = System.nanoTime();
            http.addEndHandler(ended -> record(http, StreamableHttp.PATHS.get(path), System.nanoTime() - began));
        }
    }

    private void record(RoutingContext http, String path, long nanos) {
        HttpMethod method = http.request().method();
        String word = KNOWN.contains(method) ? method.name() : OTHER;
        timers.computeIfAbsent(new Series(word, path, http.response().getStatusCode()), this::timer)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Series series) {
        return Timer.builder("http.server.requests")
                .tag("method", series.method())
                .tags(List.of(Outcome.forStatus(series.status()).asTag()))
                .tag("status", Integer.toString(series.status()))
                .tag("uri", series.path())
                .register(registry);
    }
}
