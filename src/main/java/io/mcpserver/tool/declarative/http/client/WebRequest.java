package io.mcpserver.tool.declarative.http.client;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What is sent to a server.
 *
 * @param method in capitals
 */
public record WebRequest(String method, WebAddress address, List<Header> headers, Optional<Content> content) {

    /** What may be told to a server that the tool's file does not name. */
    private static final Set<String> HARMLESS = Set.of("accept", "accept-language");

    public record Header(String name, String value) {}

    /** @param type such as {@code application/json} */
    public record Content(byte[] bytes, String type) {}

    public WebRequest {
        headers = List.copyOf(headers);
    }

    /** The same for another address, as far as its server may see it. */
    WebRequest at(WebAddress other) {
        boolean stays = other.origin().equals(address.origin());
        return new WebRequest(
                method,
                other,
                stays
                        ? headers
                        : headers.stream()
                                .filter(header ->
                                        HARMLESS.contains(header.name().toLowerCase(Locale.ROOT)))
                                .toList(),
                content);
    }

    /** A request for what is there, without content. */
    WebRequest asGet() {
        return new WebRequest(method.equals("HEAD") ? method : "GET", address, headers, Optional.empty());
    }
}
