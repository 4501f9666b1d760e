package io.mcpserver.insight.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpserver.insight.InsightException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;

/** A server that is asked over HTTP, with a key that has {@code admin: true}. */
public final class RemoteServer {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI base;
    private final String key;

    /**
     * @param base such as {@code https://mcp.example.com}; a path {@code /mcp} or {@code /stream} behind it is left away
     * @param key an empty text for none
     */
    public RemoteServer(URI base, String key) {
        this.base = URI.create(base.toString().replaceFirst("/(mcp|stream|sse)?/?$", ""));
        this.key = key;
    }

    /**
     * The JSON text behind a path.
     *
     * @param path such as {@code /admin/status}
     */
    public String get(String path) {
        return ask(path, HttpRequest.newBuilder().GET(), Set.of(200));
    }

    /**
     * The JSON text that a path answers when it is posted to, whether what was asked for could be done (200) or not (422).
     *
     * @param path such as {@code /reload-config}
     */
    public String post(String path) {
        return ask(path, HttpRequest.newBuilder().POST(BodyPublishers.noBody()), Set.of(200, 422));
    }

    /**
     * What a path answers to a body.
     *
     * @throws InsightException with the server's own sentence where it could not do what was asked for
     */
    public String post(String path, String body) {
        return ask(path, HttpRequest.newBuilder().POST(BodyPublishers.ofString(body)), Set.of(200));
    }

    private String ask(String path, HttpRequest.Builder request, Set<Integer> answers) {
        URI uri = URI.create(base + path);
        request.uri(uri).timeout(LIMIT);
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(LIMIT)
                .build()) {
            HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
            if (answers.contains(answer.statusCode())) {
                return answer.body();
            }
            throw new InsightException(
                    answer.statusCode() == 422 ? sentence(answer.body()) : reason(answer.statusCode(), uri));
        } catch (IOException e) {
            throw new InsightException("No answer from " + uri + ": " + told(e) + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InsightException("Stopped while waiting for " + uri + ".", e);
        }
    }

    private static String told(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static String sentence(String body) {
        try {
            return JSON.readTree(body).path("error").path("message").asText("The server could not do it.");
        } catch (JsonProcessingException e) {
            return "The server could not do it.";
        }
    }

    private String reason(int status, URI uri) {
        return switch (status) {
            case 401 -> uri + " demands a key: name a file that holds it with --key-file.";
            case 403 ->
                key.isEmpty()
                        ? uri + " is not for requests without a key: name a file that holds one with --key-file."
                        : uri + " refuses this key: it needs admin: true in security.api_keys of the server.";
            case 413 -> uri + " takes no body of this size: raise transport.max_body_size of the server.";
            case 404 -> uri + " is not served: the server has no key with admin: true in security.api_keys.";
            default -> uri + " answered with HTTP status " + status + ".";
        };
    }
}
