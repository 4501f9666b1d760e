package io.mcpserver.tool.declarative.http.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpserver.tool.declarative.http.client.FetchException;
import io.mcpserver.tool.declarative.http.client.WebAddress;
import java.util.Map;
import java.util.Optional;

/** Where the operations of a description are. */
record Servers(Spec spec, Optional<String> given) {

    /**
     * The address that the path of an operation is added to, without a slash at its end.
     *
     * @throws UnusableSpec if there is none that can be asked
     */
    String base(JsonNode operation, JsonNode path) throws UnusableSpec {
        if (given.isPresent()) {
            return checked(given.get());
        }
        for (JsonNode place : new JsonNode[] {operation, path, spec.root()}) {
            JsonNode server = place.path("servers").path(0);
            if (server.path("url").isTextual()) {
                return checked(filled(server));
            }
        }
        throw new UnusableSpec("names no server; say with --base-url where it is");
    }

    private static String filled(JsonNode server) {
        String url = server.path("url").textValue();
        for (Map.Entry<String, JsonNode> variable : server.path("variables").properties()) {
            url = url.replace(
                    "{" + variable.getKey() + "}",
                    variable.getValue().path("default").asText());
        }
        return url;
    }

    private static String checked(String url) throws UnusableSpec {
        try {
            WebAddress address = WebAddress.of(url);
            if (url.contains("{") || url.contains("?") || url.contains("#") || url.contains("$")) {
                throw new UnusableSpec(
                        "has the server \"%s\", which cannot be taken over; say with --base-url where it is"
                                .formatted(Words.line(url, 100)));
            }
            String path = PathText.literal(address.path());
            return address.origin() + path.replaceAll("/+$", "");
        } catch (FetchException e) {
            throw new UnusableSpec("has the server \"%s\", which %s; say with --base-url where it is"
                    .formatted(Words.line(url, 100), e.getMessage()));
        }
    }
}
