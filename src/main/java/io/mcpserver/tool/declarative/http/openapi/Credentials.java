package io.mcpserver.tool.declarative.http.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How operations prove who asks: variables of the environment in place of secrets. */
final class Credentials {

    /** Of every variable, so that no description can choose one that is there for something else. */
    private static final String BEGINNING = "tool";

    /** What may stand in a header and in a template, where it is no more than a name. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#%&'*+.^_`|~-]{1,100}");

    private final Spec spec;
    private final String prefix;
    private final Warnings warnings;
    private final Map<String, String> variables = new TreeMap<>();

    /** @param prefix of the names of the variables */
    Credentials(Spec spec, String prefix, Warnings warnings) {
        this.spec = spec;
        this.prefix = prefix;
        this.warnings = warnings;
    }

    /** The variables that were named so far, and what each holds. */
    Map<String, String> variables() {
        return variables;
    }

    /** Adds to a request what the first way that the operation allows asks for. */
    void add(JsonNode operation, ObjectNode http) {
        JsonNode ways = operation.has("security")
                ? operation.path("security")
                : spec.root().path("security");
        JsonNode way = ways.path(0);
        if (!way.isObject()) {
            return;
        }
        way.fieldNames().forEachRemaining(name -> {
            JsonNode scheme = spec.follow(
                    spec.root().path("components").path("securitySchemes").path(name));
            add(name, scheme, http);
        });
    }

    private void add(String name, JsonNode scheme, ObjectNode http) {
        switch (scheme.path("type").asText()) {
            case "http" -> {
                switch (scheme.path("scheme").asText().toLowerCase(Locale.ROOT)) {
                    case "bearer" -> header(http, "Authorization", "Bearer ", variable(name, "a bearer token"));
                    case "basic" ->
                        header(
                                http,
                                "Authorization",
                                "Basic ",
                                variable(name, "user:password in base64, for basic authentication"));
                    default -> warnings.add("the security scheme %s cannot be taken over".formatted(name));
                }
            }
            case "oauth2", "openIdConnect" ->
                header(
                        http,
                        "Authorization",
                        "Bearer ",
                        variable(name, "an access token; it is not fetched or renewed"));
            case "apiKey" -> key(name, scheme, http);
            default -> warnings.add("the security scheme %s cannot be taken over".formatted(name));
        }
    }

    private void key(String name, JsonNode scheme, ObjectNode http) {
        String called = scheme.path("name").asText();
        if (!NAME.matcher(called).matches()) {
            warnings.add("the security scheme %s cannot be taken over, since what it names is no plain name"
                    .formatted(name));
            return;
        }
        switch (scheme.path("in").asText()) {
            case "header" -> header(http, called, "", variable(name, "the API key of the header " + called));
            case "query" ->
                http.withObject("/query").put(called, "${env." + variable(name, "the API key of " + called) + "}");
            case "cookie" ->
                header(http, "Cookie", called + "=", variable(name, "the API key of the cookie " + called));
            default -> warnings.add("the security scheme %s cannot be taken over".formatted(name));
        }
    }

    private static void header(ObjectNode http, String name, String before, String variable) {
        http.withObject("/headers").put(name, before + "${env." + variable + "}");
    }

    private String variable(String scheme, String what) {
        String name = Stream.of(BEGINNING, Words.snake(prefix), Words.snake(scheme))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("_"))
                .toUpperCase(Locale.ROOT);
        variables.put(name, Words.line(what, 200));
        return name;
    }
}
