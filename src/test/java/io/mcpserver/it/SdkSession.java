package io.mcpserver.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** One session that the SDK's own client holds, in a process of its own; for one thread. */
final class SdkSession implements AutoCloseable {

    /** What HTTP was asked and answered; {@code message} is the method in the body, empty where there is none. */
    record Exchange(String verb, String message, int status) {}

    private final RunningServer program;
    private int asked;

    SdkSession(Path directory, URI endpoint) {
        program = new NpmPrograms(directory).talk("session.mjs", endpoint.toString());
    }

    /** One with a server that the client starts itself. */
    SdkSession(Path directory, List<String> command, Map<String, String> environment) {
        program =
                new NpmPrograms(directory).environment(environment).talk("session.mjs", command.toArray(String[]::new));
    }

    /** The result of a request; a refusal is an {@link AssertionError}. */
    JsonNode request(String method, ObjectNode params) {
        ObjectNode line = StreamableClient.object().put("method", method);
        line.set("params", params);
        program.send(line.toString());
        int number = asked++;
        Awaitility.await("the answer to " + method)
                .atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .failFast(() -> {
                    if (!program.isRunning()) {
                        throw new IllegalStateException(
                                "The client ended: " + program.stderr().text());
                    }
                })
                .until(() -> answers().skip(number).findFirst().isPresent());
        JsonNode answer = answers().skip(number).findFirst().orElseThrow();
        if (!answer.has("result")) {
            throw new AssertionError(method + ": " + answer);
        }
        return answer.get("result");
    }

    /** The structured result of a tool. */
    JsonNode call(String tool, ObjectNode arguments) {
        ObjectNode params = StreamableClient.object().put("name", tool);
        params.set("arguments", arguments);
        return request("tools/call", params).get("structuredContent");
    }

    /** Waits until the server has said something by itself, and returns the first that it said by this method. */
    JsonNode awaitNotification(String method) {
        String line = program.stdout()
                .awaitLine(
                        said -> NpmPrograms.json(said)
                                .path("notification")
                                .path("method")
                                .asText()
                                .equals(method),
                        Duration.ofSeconds(20));
        return NpmPrograms.json(line).get("notification");
    }

    List<Exchange> http() {
        List<Exchange> all = new ArrayList<>();
        request("http", StreamableClient.object())
                .get("http")
                .forEach(one -> all.add(new Exchange(
                        one.get("verb").asText(),
                        one.get("message").asText(),
                        one.get("status").asInt())));
        return all;
    }

    @Override
    public void close() {
        program.close();
    }

    private Stream<JsonNode> answers() {
        return program.stdout().lines().stream().map(NpmPrograms::json).filter(line -> !line.has("notification"));
    }
}
