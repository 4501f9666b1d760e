package io.mcpserver.tool.declarative.http;

import io.mcpserver.tool.declarative.KindBody;
import io.mcpserver.tool.declarative.KindHandler;
import io.mcpserver.tool.declarative.ToolKind;
import io.mcpserver.tool.file.Surroundings;
import java.util.Optional;

/** {@code http}: asks an HTTP server. */
public final class HttpKind implements ToolKind {

    @Override
    public String name() {
        return "http";
    }

    @Override
    public boolean reachesOut() {
        return true;
    }

    @Override
    public boolean readsOnly(KindBody body) {
        return !RequestTemplate.method(body).changes();
    }

    @Override
    public Optional<KindHandler> handler(KindBody body, Surroundings surroundings) {
        Optional<RequestTemplate> request = RequestTemplate.read(body);
        Optional<ResponseRules> response = ResponseRules.read(body);
        Optional<HttpLimits> limits = HttpLimits.read(body);
        if (request.isEmpty() || response.isEmpty() || limits.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new HttpTool(
                body.tool(),
                request.get(),
                response.get(),
                RetryRules.read(body.json(), request.get().method()),
                limits.get(),
                SecretMask.of(body, surroundings),
                surroundings));
    }
}
