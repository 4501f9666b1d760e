package io.mcpserver.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** One session over Streamable HTTP, in plain HTTP; for any number of threads. */
final class StreamableClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROTOCOL = "2025-11-25";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicLong number = new AtomicLong();
    private final URI endpoint;
    private final String session;

    StreamableClient(URI endpoint) throws IOException, InterruptedException {
        this.endpoint = endpoint;
        ObjectNode parameters = object().put("protocolVersion", PROTOCOL);
        parameters.putObject("capabilities");
        parameters.putObject("clientInfo").put("name", "acceptance").put("version", "1");
        HttpResponse<String> answer = client.send(
                request().POST(body("initialize", parameters)).build(), HttpResponse.BodyHandlers.ofString());
        this.session = answer.headers().firstValue("Mcp-Session-Id").orElseThrow();
        String initialized = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";
        client.send(
                inSession()
                        .POST(HttpRequest.BodyPublishers.ofString(initialized))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** The structured content of the answer; a failed call is an {@link AssertionError}. */
    JsonNode call(String tool, ObjectNode arguments) throws IOException, InterruptedException {
        ObjectNode parameters = object().put("name", tool);
        parameters.set("arguments", arguments);
        HttpResponse<String> answer = client.send(
                inSession().POST(body("tools/call", parameters)).build(), HttpResponse.BodyHandlers.ofString());
        JsonNode result = message(answer.body()).path("result");
        if (answer.statusCode() != 200
                || !result.has("structuredContent")
                || result.path("isError").asBoolean()) {
            throw new AssertionError(tool + " was answered " + answer.statusCode() + ": " + answer.body());
        }
        return result.get("structuredContent");
    }

    private static JsonNode message(String body) throws IOException {
        return JSON.readTree(body.startsWith("{") ? body : body.substring(body.indexOf("data:") + "data:".length()));
    }

    private HttpRequest.BodyPublisher body(String method, ObjectNode parameters) {
        ObjectNode message = object().put("jsonrpc", "2.0").put("id", number.incrementAndGet());
        message.put("method", method).set("params", parameters);
        return HttpRequest.BodyPublishers.ofString(message.toString());
    }

    private HttpRequest.Builder inSession() {
        return request().header("Mcp-Session-Id", session).header("MCP-Protocol-Version", PROTOCOL);
    }

    private HttpRequest.Builder request() {
        return HttpRequest.newBuilder(endpoint)
                .timeout(Duration.ofMinutes(1))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream");
    }
}
