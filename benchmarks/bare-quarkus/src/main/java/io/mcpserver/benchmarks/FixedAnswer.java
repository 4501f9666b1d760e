package io.mcpserver.benchmarks;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Answers every POST to {@code /mcp} with the bytes of one recorded answer of the real server.
 *
 * <p>{@code bare.answer} names a file: header lines, an empty line, the body.
 */
@ApplicationScoped
class FixedAnswer {

    private final List<Map.Entry<String, String>> headers = new ArrayList<>();
    private final Buffer body;

    FixedAnswer(@ConfigProperty(name = "bare.answer") Path file) throws IOException {
        String[] parts = Files.readString(file).split("\n\n", 2);
        parts[0].lines().forEach(line -> {
            String[] pair = line.split(": ", 2);
            headers.add(Map.entry(pair[0], pair[1]));
        });
        body = Buffer.buffer(parts[1]);
    }

    void route(@Observes Router router) {
        router.post("/mcp").handler(this::answer);
    }

    private void answer(RoutingContext context) {
        context.request().body().onSuccess(read -> {
            HttpServerResponse response = context.response();
            headers.forEach(header -> response.putHeader(header.getKey(), header.getValue()));
            response.end(body);
        });
        context.request().resume();
    }
}
