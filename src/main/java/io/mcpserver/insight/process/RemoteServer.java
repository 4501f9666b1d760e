package io.mcpserver.insight.process;

import io.mcpserver.insight.InsightException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A server that is asked over HTTP, with a key that has {@code admin: true}. */
public final class RemoteServer {

    private static final Duration LIMIT = Duration.ofSeconds(30);

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
        URI uri = URI.create(base + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(LIMIT);
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(LIMIT)
                .build()) {
            HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() == 200) {
                return answer.body();
            }
            throw new InsightException(reason(answer.statusCode(), uri));
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

    private static String reason(int status, URI uri) {
        return switch (status) {
            case 401 -> uri + " demands a key: name a file that holds it with --key-file.";
            case 403 -> uri + " refuses this key: it needs admin: true in security.api_keys of the server.";
            case 404 -> uri + " is not served: the server has no key with admin: true in security.api_keys.";
            default -> uri + " answered with HTTP status " + status + ".";
        };
    }
}
