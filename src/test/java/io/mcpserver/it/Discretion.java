package io.mcpserver.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an answer may look like whatever was asked: JSON or events, and not a word about how the program is made. */
final class Discretion {

    private static final ObjectMapper STRICT =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** None of these is in a message of the generator: what a client sent may come back to it. */
    private static final List<Pattern> SECRETS = List.of(
            // The framework's own page for what it could not handle.
            Pattern.compile("\"stack\":"),
            Pattern.compile("\\bat [\\w.$/<>]+\\([\\w. ]*(:\\d+)?\\)"),
            Pattern.compile("\\b(java|javax|jdk|sun|jakarta|kotlin)\\.[a-z]+\\.\\w+"),
            Pattern.compile("\\b(com\\.(fasterxml|sun)|org\\.(jboss|apache|duckdb|lance|eclipse))\\b"),
            // The generation of the configuration is told on purpose, under a name of the program's own.
            Pattern.compile(
                    "\\bio\\.(quarkus|quarkiverse|vertx|netty|smallrye|micrometer|mcpserver(?!/generation\"))\\b"),
            Pattern.compile("\\b[A-Z]\\w+(Exception|Error)\\b"),
            Pattern.compile("(^|[^\\w/])/(home|root|tmp|usr|opt|var|proc|etc|work|builds)/"),
            Pattern.compile("\\b[A-Z]:\\\\"));

    /** What stands for a path where nothing is. */
    private static final String NOTHING_HERE = "<html><body><h1>Resource not found</h1></body></html>";

    private Discretion() {}

    /** What is wrong with an HTTP body of this type; empty where nothing is. */
    static Optional<String> faultOfBody(String contentType, String body) {
        if (body.isEmpty() || body.equals(NOTHING_HERE)) {
            return Optional.empty();
        }
        if (contentType.startsWith("text/event-stream")) {
            return faultOfEvents(body).or(() -> secret(body));
        }
        if (!contentType.startsWith("application/json")) {
            return Optional.of("a body of the type \"" + contentType + "\"");
        }
        return faultOfJson(body).or(() -> secret(body));
    }

    /** What is wrong with a text that must be one message; empty where nothing is. */
    static Optional<String> faultOfMessage(String text) {
        return faultOfJson(text)
                .or(() -> message(text) ? Optional.empty() : Optional.of("no message of JSON-RPC 2.0"))
                .or(() -> secret(text));
    }

    private static boolean message(String text) {
        try {
            JsonNode message = STRICT.readTree(text);
            return message.isObject() && message.path("jsonrpc").asText().equals("2.0");
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static Optional<String> faultOfEvents(String body) {
        for (String line : body.split("\r\n|\r|\n")) {
            if (line.startsWith("data:")) {
                Optional<String> fault = faultOfJson(line.substring("data:".length()));
                if (fault.isPresent()) {
                    return fault;
                }
            } else if (!line.isEmpty() && !line.matches("(:|event:|id:|retry:).*")) {
                return Optional.of("a line that is no event: " + line);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> faultOfJson(String text) {
        try {
            return STRICT.readTree(text).isMissingNode() ? Optional.of("nothing instead of JSON") : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.of("no JSON: " + e.getOriginalMessage());
        }
    }

    private static Optional<String> secret(String text) {
        for (Pattern secret : SECRETS) {
            Matcher matcher = secret.matcher(text);
            if (matcher.find()) {
                return Optional.of("it tells " + matcher.group());
            }
        }
        return Optional.empty();
    }
}
