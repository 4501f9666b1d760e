package io.mcpserver.mcp.stateless;

import io.mcpserver.mcp.message.Incoming.Request;
import io.mcpserver.mcp.message.RequestMeta;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether the headers of an HTTP request say what its body says. What stands between client and server may decide by the
 * headers, so they must not differ.
 */
final class HeaderCheck {

    private static final CharSequence REVISION = HttpHeaders.createOptimized("MCP-Protocol-Version");
    private static final CharSequence METHOD = HttpHeaders.createOptimized("Mcp-Method");
    private static final CharSequence NAME = HttpHeaders.createOptimized("Mcp-Name");

    /** The member of {@code params} that {@code Mcp-Name} repeats, by method. */
    private static final Map<String, String> NAMED =
            Map.of("tools/call", "name", "prompts/get", "name", "resources/read", "uri");

    private HeaderCheck() {}

    static Optional<Fault> revision(MultiMap headers, JsonObject meta) {
        return same(headers, REVISION, meta.getString(RequestMeta.REVISION));
    }

    static Optional<Fault> method(MultiMap headers, Request request) {
        return same(headers, METHOD, request.method()).or(() -> name(headers, request));
    }

    private static Optional<Fault> name(MultiMap headers, Request request) {
        String member = NAMED.get(request.method());
        if (member == null) {
            return Optional.empty();
        }
        Optional<String> value = single(headers, NAME);
        if (value.isEmpty()) {
            return Optional.of(Fault.header("The header " + NAME + " is missing, or there are several of it."));
        }
        Optional<String> decoded = HeaderValue.decode(value.get());
        if (decoded.isEmpty()) {
            return Optional.of(Fault.header(HeaderValue.malformed(NAME.toString())));
        }
        String body = request.json().getJsonObject("params").getString(member);
        return decoded.get().equals(body)
                ? Optional.empty()
                : Optional.of(Fault.header("The header " + NAME + " differs from params." + member + "."));
    }

    private static Optional<Fault> same(MultiMap headers, CharSequence header, String body) {
        Optional<String> value = single(headers, header);
        if (value.isEmpty()) {
            return Optional.of(Fault.header("The header " + header + " is missing, or there are several of it."));
        }
        return Objects.equals(value.get(), body)
                ? Optional.empty()
                : Optional.of(Fault.header("The header " + header + " differs from what the body says."));
    }

    static Optional<String> single(MultiMap headers, CharSequence name) {
        List<String> all = headers.getAll(name);
        return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
    }
}
