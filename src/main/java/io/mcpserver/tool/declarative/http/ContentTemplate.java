package io.mcpserver.tool.declarative.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.mcpserver.tool.declarative.Inputs;
import io.mcpserver.tool.declarative.KindBody;
import io.mcpserver.tool.declarative.Template;
import io.mcpserver.tool.declarative.http.client.WebRequest.Content;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a request carries. */
sealed interface ContentTemplate {

    /** The content of one request; empty where it carries none. */
    Optional<Content> fill(Inputs inputs);

    /** Tells a fault if there is more than one kind of content, or some that the method does not carry. */
    static ContentTemplate read(KindBody body, HttpMethod method) {
        List<String> kinds = List.of("body", "form", "text").stream()
                .filter(body.json()::has)
                .toList();
        if (kinds.size() > 1) {
            body.fault("/" + kinds.get(1), "cannot stand beside " + kinds.getFirst() + "; a request has one content");
        }
        if (!kinds.isEmpty() && !method.changes()) {
            body.fault("/" + kinds.getFirst(), "cannot be sent with " + method + "; use POST, PUT, PATCH or DELETE");
        }
        if (body.json().has("content_type") && !kinds.contains("text")) {
            body.fault("/content_type", "is for text only; leave it out");
        }
        return switch (kinds.isEmpty() ? "" : kinds.getFirst()) {
            case "body" -> new Json(body.secretTemplate("/body"));
            case "form" -> new Form(NamedValues.read(body, "/form"));
            case "text" ->
                new Text(
                        body.secretTemplate("/text"),
                        body.json().path("content_type").asText("text/plain; charset=UTF-8"));
            default -> new None();
        };
    }

    record None() implements ContentTemplate {

        @Override
        public Optional<Content> fill(Inputs inputs) {
            return Optional.empty();
        }
    }

    record Json(Template value) implements ContentTemplate {

        @Override
        public Optional<Content> fill(Inputs inputs) {
            JsonNode filled = value.fill(inputs);
            String json = (filled.isMissingNode() ? NullNode.getInstance() : filled).toString();
            return Optional.of(new Content(json.getBytes(StandardCharsets.UTF_8), "application/json"));
        }
    }

    record Form(NamedValues fields) implements ContentTemplate {

        @Override
        public Optional<Content> fill(Inputs inputs) {
            String encoded = fields.fill(inputs).stream()
                    .map(pair -> encoded(pair.name()) + "=" + encoded(pair.value()))
                    .collect(Collectors.joining("&"));
            return Optional.of(
                    new Content(encoded.getBytes(StandardCharsets.US_ASCII), "application/x-www-form-urlencoded"));
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }
    }

    record Text(Template value, String type) implements ContentTemplate {

        @Override
        public Optional<Content> fill(Inputs inputs) {
            return Optional.of(new Content(value.fill(inputs).asText().getBytes(StandardCharsets.UTF_8), type));
        }
    }
}
