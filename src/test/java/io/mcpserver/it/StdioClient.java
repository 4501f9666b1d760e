package io.mcpserver.it;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A client that starts its program and talks with it over standard streams; many calls may be under way. */
final class StdioClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final CapturedOutput stderr;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonObject>> answers = new ConcurrentHashMap<>();
    private final List<JsonObject> told = new CopyOnWriteArrayList<>();
    private final List<String> faults = new CopyOnWriteArrayList<>();

    StdioClient(ServerLaunch launch) {
        process = launch.startUnread();
        stderr = new CapturedOutput(process.getErrorStream());
        Thread.ofPlatform().daemon().start(this::read);
    }

    /** Begins a session. */
    StdioClient initialize(JsonObject capabilities) {
        JsonObject answer = answer(ask(
                "initialize",
                new JsonObject()
                        .put("protocolVersion", "2025-11-25")
                        .put("capabilities", capabilities)
                        .put("clientInfo", new JsonObject().put("name", "test").put("version", "1"))));
        if (!answer.containsKey("result")) {
            throw new AssertionError(answer);
        }
        tell("notifications/initialized", new JsonObject());
        return this;
    }

    CompletableFuture<JsonObject> ask(String method, JsonObject params) {
        return ask(ids.incrementAndGet(), method, params);
    }

    private CompletableFuture<JsonObject> ask(int id, String method, JsonObject params) {
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        answers.put(id, answer);
        line(new JsonObject()
                .put("jsonrpc", "2.0")
                .put("id", id)
                .put("method", method)
                .put("params", params));
        return answer;
    }

    CompletableFuture<JsonObject> call(String tool, JsonObject arguments) {
        return ask("tools/call", new JsonObject().put("name", tool).put("arguments", arguments));
    }

    /** The id of the last request. */
    int lastId() {
        return ids.get();
    }

    CompletableFuture<JsonObject> save(String collection, String id) {
        JsonObject document = new JsonObject().put("id", id).put("content", new JsonObject().put("text", id));
        return call(
                "storage_save",
                new JsonObject().put("collection", collection).put("documents", new JsonArray().add(document)));
    }

    void tell(String method, JsonObject params) {
        line(new JsonObject().put("jsonrpc", "2.0").put("method", method).put("params", params));
    }

    /** Answers a question of the server. */
    void reply(JsonObject question, JsonObject result) {
        line(new JsonObject()
                .put("jsonrpc", "2.0")
                .put("id", question.getValue("id"))
                .put("result", result));
    }

    JsonObject answer(CompletableFuture<JsonObject> asked) {
        try {
            return asked.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("No answer; on standard error: " + stderr.text(), e);
        }
    }

    /** Waits for a notification or question that fits, and takes it from those that came. */
    JsonObject told(String method, Predicate<JsonObject> fits) {
        Predicate<JsonObject> all =
                message -> message.getString("method").equals(method) && fits.test(message.getJsonObject("params"));
        JsonObject found = Awaitility.await(method)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> told.stream().filter(all).findFirst(), one -> one.isPresent())
                .orElseThrow();
        told.remove(found);
        return found;
    }

    /** What was told and not taken so far. */
    List<JsonObject> told() {
        return List.copyOf(told);
    }

    /** What was wrong with what the program said. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    CapturedOutput stderr() {
        return stderr;
    }

    long pid() {
        return process.pid();
    }

    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** Ends the input, and returns the exit code. */
    int end() throws Exception {
        process.getOutputStream().close();
        return awaitExit();
    }

    int awaitExit() throws Exception {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("Still running; on standard error: " + stderr.text());
        }
        stderr.awaitEnd();
        return process.exitValue();
    }

    private void line(JsonObject message) {
        byte[] bytes = (message.encode() + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            synchronized (process) {
                process.getOutputStream().write(bytes);
                process.getOutputStream().flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The program no longer reads its input: " + stderr.text(), e);
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                look(line);
            }
        } catch (IOException killed) {
            // What came before it was looked at.
        }
    }

    private void look(String line) {
        try {
            JsonObject message = new JsonObject(line);
            if (message.containsKey("method")) {
                told.add(message);
            } else if (!answers.get(message.getInteger("id")).complete(message)) {
                faults.add("answered twice: " + line);
            }
        } catch (RuntimeException e) {
            faults.add(e + " in " + line);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
