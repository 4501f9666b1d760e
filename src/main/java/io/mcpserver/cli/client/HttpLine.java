package io.mcpserver.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * A server that is reached over Streamable HTTP. The first request shows whether it speaks the revision without sessions;
 * where it does not, a session is begun.
 */
public final class HttpLine implements ServerLine {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(30);
    private static final int MOST_BODY_BYTES = 64 << 20;
    private static final String SESSION = "Mcp-Session-Id";
    private static final String REVISION = "MCP-Protocol-Version";
    private static final int METHOD_NOT_FOUND = -32601;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_LIMIT)
            .build();
    private final URI server;
    private final String key;
    private final Map<String, String> session = new ConcurrentHashMap<>();
    private boolean sessions;
    private boolean known;
    private long last;
    private volatile boolean closed;

    /**
     * @param server such as {@code https://mcp.example.com}; without a path, {@code /mcp} is added
     * @param key an empty text for none
     */
    public HttpLine(URI server, String key) {
        this.server =
                server.getPath() == null || server.getPath().replace("/", "").isEmpty()
                        ? server.resolve("/mcp")
                        : server;
        this.key = key;
    }

    @Override
    public ObjectNode ask(String method, ObjectNode params, Consumer<ObjectNode> heard) {
        if (!known) {
            return first(method, params, heard);
        }
        long id = ++last;
        return sessions
                ? send(Messages.request(id, method, Messages.progress(id, params)), id, session, heard)
                : send(Messages.request(id, method, Messages.alone(id, params)), id, alone(method, params), heard);
    }

    private ObjectNode first(String method, ObjectNode params, Consumer<ObjectNode> heard) {
        known = true;
        try {
            return ask(method, params, heard);
        } catch (RefusedException | NotUnderstood unknownRevision) {
            sessions = true;
        }
        try {
            begin();
        } catch (NotUnderstood | RefusedException e) {
            throw new LineException(
                    server + " does not speak the Model Context Protocol over Streamable HTTP: " + e.getMessage());
        }
        return ask(method, params, heard);
    }

    private void begin() {
        long id = ++last;
        ObjectNode said = send(Messages.request(id, "initialize", Messages.initialize()), id, session, heard -> {});
        session.put(REVISION, said.path("protocolVersion").asText(Messages.STATEFUL));
        post(Messages.notification("notifications/initialized", Messages.object()), session);
    }

    private static Map<String, String> alone(String method, ObjectNode params) {
        Map<String, String> headers = new HashMap<>(Map.of(REVISION, Messages.STATELESS, "Mcp-Method", method));
        if (params.hasNonNull("name")) {
            headers.put("Mcp-Name", headerValue(params.get("name").asText()));
        }
        return headers;
    }

    private static String headerValue(String text) {
        return text.matches("[!-~]+") && !text.startsWith("=?")
                ? text
                : "=?base64?" + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)) + "?=";
    }

    /** An answer that is none of the protocol, as a server gives that does not know the revision. */
    private static final class NotUnderstood extends RuntimeException {

        private static final long serialVersionUID = 1;

        NotUnderstood(String what) {
            super(what, null, false, false);
        }
    }

    private ObjectNode send(ObjectNode message, long id, Map<String, String> headers, Consumer<ObjectNode> heard) {
        HttpResponse<InputStream> response = post(message, headers);
        try (InputStream body = response.body()) {
            response.headers().firstValue(SESSION).ifPresent(value -> session.put(SESSION, value));
            String type = response.headers().firstValue("Content-Type").orElse("");
            return type.startsWith("text/event-stream") ? events(body, id, heard) : single(response, body, id);
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private ObjectNode single(HttpResponse<InputStream> response, InputStream body, long id) throws IOException {
        byte[] bytes = body.readNBytes(MOST_BODY_BYTES);
        Optional<JsonNode> message = Messages.read(new String(bytes, StandardCharsets.UTF_8));
        if (message.isPresent() && Messages.answers(message.get(), id)) {
            return Messages.result(message.get());
        }
        throw new NotUnderstood("it answers with HTTP status " + response.statusCode());
    }

    private ObjectNode events(InputStream body, long id, Consumer<ObjectNode> heard) throws IOException {
        LineReader lines = new LineReader(body);
        StringBuilder data = new StringBuilder();
        for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
            String text = line.get();
            if (text.startsWith("data:")) {
                data.append(text.substring("data:".length())).append('\n');
            } else if (text.isEmpty()) {
                JsonNode message = Messages.read(data.toString()).orElseGet(Messages::object);
                data.setLength(0);
                if (Messages.answers(message, id)) {
                    return Messages.result(message);
                }
                hear(message, heard);
            }
        }
        throw new LineException(server + " closed the connection before it answered.");
    }

    /** A server that asks something while it is asked would wait for an answer: it hears that there is none. */
    private void hear(JsonNode message, Consumer<ObjectNode> heard) {
        if (!message.has("method")) {
            return;
        }
        if (message.has("id")) {
            ObjectNode answer = Messages.object().put("jsonrpc", "2.0");
            answer.set("id", message.get("id"));
            if (message.path("method").asText().equals("ping")) {
                answer.putObject("result");
            } else {
                answer.putObject("error").put("code", METHOD_NOT_FOUND).put("message", "This client answers nothing.");
            }
            post(answer, session);
        } else if (message instanceof ObjectNode said) {
            heard.accept(said);
        }
    }

    private HttpResponse<InputStream> post(ObjectNode message, Map<String, String> headers) {
        HttpRequest.Builder request = request()
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(BodyPublishers.ofString(message.toString()));
        headers.forEach(request::header);
        try {
            HttpResponse<InputStream> response = client.send(request.build(), BodyHandlers.ofInputStream());
            switch (response.statusCode()) {
                case 401 ->
                    throw new LineException(server + " demands a key: name a file that holds it with --key-file.");
                case 403 -> throw new LineException(server + " refuses this key, or this machine.");
                case 429, 500, 502, 503, 504 ->
                    throw new LineException(
                            server + " answers with HTTP status " + response.statusCode() + "; try again later.");
                default -> {
                    return response;
                }
            }
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LineException("The call was stopped.");
        }
    }

    private HttpRequest.Builder request() {
        HttpRequest.Builder request = HttpRequest.newBuilder(server);
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        return request;
    }

    private LineException unreachable(IOException e) {
        String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return new LineException("No answer from " + server + ": " + why + ".");
    }

    /** Ends the session as well, if there is one; what is open is taken back by closing its connection. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (session.containsKey(SESSION)) {
            HttpRequest.Builder end = request().DELETE().timeout(Duration.ofSeconds(2));
            session.forEach(end::header);
            try {
                client.send(end.build(), BodyHandlers.discarding());
            } catch (IOException gone) {
                // Then the session is over by itself, in its time.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        client.shutdownNow();
    }
}
