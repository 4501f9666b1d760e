import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Trains the start of mcp-server: runs the server once over each transport, uses it a little, and keeps what the JVM
 * learnt in {@code app/app.aot} (HTTP), {@code app/stdio.aot} and {@code app/pass.aot} (a process that passes on to the
 * owner of its data folder), which makes every later start two to three times as fast. The build does this; do it again after moving to another Java, with that Java: {@code java
 * lib/TrainStartup.java}. Where there is a folder {@code runtime}, the Java in it is the one that is trained. A service
 * needs no more than {@code java lib/TrainStartup.java HOME http}.
 *
 * <p>The server works without the files, and ignores those that another Java made. Takes about thirty seconds. Exit code
 * 0 if the files were made, 1 if not; an incomplete file is never left behind.
 */
public final class TrainStartup {

    private static final Duration READY_LIMIT = Duration.ofSeconds(30);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

    /** Enough for the JVM to know which code is hot: it keeps that too, and compiles it at once the next time. */
    private static final int HOT_CALLS = 20_000;

    private static final Duration HOT_LIMIT = Duration.ofSeconds(6);

    private static final int ROUNDS = 3;
    private static final String HTTP = "http";
    /**
     * The launcher splits its options at spaces, so the file is named relative to the working directory.
     *
     * <p>Profiles of methods stay out of the cache: with them, Java 25 compiles some methods of the network over and
     * over, for as long as it runs (the like of JDK-8386852), and they do not make a start any faster.
     */
    private static final String MAKE_CACHE = "-XX:AOTCacheOutput=app.aot -XX:+IgnoreUnrecognizedVMOptions"
            + " -XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining";

    private static final String FOR_HTTP = "app.aot";
    private static final String FOR_STDIO = "stdio.aot";
    private static final String FOR_PASSING = "pass.aot";
    private static final String OPTIONS = "MCP_JAVA_OPTS";
    private static final String START = "MCP_JAVA_START";
    private static final String INITIALIZE = """
            {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "train", "version": "1"}}""";

    private final Path home;
    private final HttpClient http = HttpClient.newHttpClient();
    private String session;

    /** Starts a server, uses it, and ends it. */
    private interface Run {
        void with(Path work, Path log) throws IOException, InterruptedException;
    }

    private TrainStartup(Path home) {
        this.home = home;
    }

    public static void main(String[] args) throws Exception {
        Path home = Path.of(System.getProperty("mcp.home", args.length > 0 ? args[0] : ".")).toAbsolutePath();
        boolean httpOnly = args.length > 1 && args[1].equals(HTTP);
        if (!Files.isRegularFile(home.resolve("app/quarkus-run.jar")) || args.length > (httpOnly ? 2 : 1)) {
            System.err.println("usage: java lib/TrainStartup.java [HOME [http]], where HOME has bin/ and app/");
            System.exit(2);
        }
        TrainStartup training = new TrainStartup(home.normalize());
        try {
            // No start is trained with the help of an earlier training.
            Files.deleteIfExists(home.resolve("app").resolve(FOR_HTTP));
            Files.deleteIfExists(home.resolve("app").resolve(FOR_STDIO));
            Files.deleteIfExists(home.resolve("app").resolve(FOR_PASSING));
            if (!httpOnly) {
                training.make(FOR_STDIO, training::serveStdio);
                training.make(FOR_PASSING, training::passOn);
            }
            training.make(FOR_HTTP, training::serveHttp);
        } catch (IOException e) {
            System.err.println("The start was not trained, so it stays slower than it could be: " + e.getMessage());
            System.exit(1);
        }
    }

    private void make(String name, Run run) throws IOException, InterruptedException {
        Path work = Files.createTempDirectory("mcp-train");
        try {
            Path log = work.resolve("server.log");
            run.with(work, log);
            Path made = work.resolve("app.aot");
            if (!Files.exists(made)) {
                throw new IOException("the JVM wrote no cache" + tail(log));
            }
            Path cache = home.resolve("app").resolve(name);
            Files.copy(made, cache, StandardCopyOption.REPLACE_EXISTING);
            System.err.printf("Start trained: %s, %d MB%n", cache, Files.size(cache) / 1_000_000);
        } finally {
            deleteTree(work);
        }
    }

    private void serveHttp(Path work, Path log) throws IOException, InterruptedException {
        int port = freePort();
        ProcessBuilder builder = server(work, "--transport", "http-stream", "--port", Integer.toString(port));
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        Process server = builder.start();
        try {
            awaitReady(server, port, log);
            exercise(port);
        } finally {
            server.destroy();
            awaitEnd(server);
        }
    }

    /** The same as a desktop client would. */
    private void serveStdio(Path work, Path log) throws IOException, InterruptedException {
        useOverStdio(server(work, "--transport", "stdio"), log);
    }

    /** The same, by a process that passes on to another one. */
    private void passOn(Path work, Path log) throws IOException, InterruptedException {
        ProcessBuilder builder = server(work, "--transport", "stdio");
        builder.environment().remove(OPTIONS);
        Process owner = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        Thread watchdog = Thread.ofPlatform().daemon().start(() -> endLate(owner));
        try (Writer in = owner.outputWriter(); BufferedReader out = owner.inputReader()) {
            in.write("{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"ping\"}\n");
            in.flush();
            out.readLine();
            ProcessBuilder passing = server(work, "--transport", "stdio");
            passing.environment().put(START, "pass");
            useOverStdio(passing, log);
        } finally {
            awaitEnd(owner);
            watchdog.interrupt();
        }
    }

    /** One line of the client is one line of the server. */
    private static void useOverStdio(ProcessBuilder builder, Path log) throws IOException, InterruptedException {
        Process server = builder.redirectError(log.toFile()).start();
        Thread watchdog = Thread.ofPlatform().daemon().start(() -> endLate(server));
        try (Writer in = server.outputWriter(); BufferedReader out = server.inputReader()) {
            Talk talk = (method, params) -> {
                in.write("{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"" + method + "\", \"params\": " + params + "}\n");
                in.flush();
                if (out.readLine() == null) {
                    throw new IOException("the server ended" + tail(log));
                }
            };
            talk.call("initialize", INITIALIZE);
            in.write("{\"jsonrpc\": \"2.0\", \"method\": \"notifications/initialized\"}\n");
            for (int round = 0; round < ROUNDS; round++) {
                ordinary(talk);
            }
        } finally {
            awaitEnd(server);
            watchdog.interrupt();
        }
    }

    private static void endLate(Process server) {
        try {
            Thread.sleep(READY_LIMIT);
            server.destroyForcibly();
        } catch (InterruptedException inTime) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitEnd(Process server) throws InterruptedException {
        if (!server.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            server.destroyForcibly().waitFor();
        }
    }

    private ProcessBuilder server(Path work, String... arguments) throws IOException {
        Path config = Files.writeString(work.resolve("config.yaml"), "storage:\n  path: \"./data\"\n");
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        Path launcher = home.resolve(windows ? "bin/mcp-server.cmd" : "bin/mcp-server");
        List<String> command = new ArrayList<>(List.of(launcher.toString(), "--config", config.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(work.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("MCP_"));
        if (!Files.isDirectory(home.resolve("runtime"))) {
            builder.environment().put("MCP_JAVA_HOME", System.getProperty("java.home"));
        }
        builder.environment().put(OPTIONS, MAKE_CACHE);
        builder.environment().put(START, "full");
        return builder;
    }

    private void awaitReady(Process server, int port, Path log) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + READY_LIMIT.toNanos();
        while (System.nanoTime() < deadline && server.isAlive()) {
            try {
                get(port, "/q/health/ready");
                return;
            } catch (IOException notYet) {
                Thread.sleep(50);
            }
        }
        throw new IOException("the server did not get ready" + tail(log));
    }

    /** Sends one request and takes its answer. */
    private interface Talk {
        void call(String method, String params) throws IOException, InterruptedException;

        default void tool(String name, String arguments) throws IOException, InterruptedException {
            call("tools/call", "{\"name\": \"" + name + "\", \"arguments\": " + arguments + "}");
        }
    }

    /** What most clients do first. */
    private static void ordinary(Talk talk) throws IOException, InterruptedException {
        talk.call("tools/list", "{}");
        talk.call("resources/list", "{}");
        talk.call("prompts/list", "{}");
        talk.tool("storage_save", """
                {"collection": "notes", "documents": [{"id": "a", "content": {"text": "A note to begin with"}}]}""");
        talk.tool("storage_load", """
                {"collection": "notes", "ids": ["a"]}""");
        talk.tool("storage_query", """
                {"collection": "notes", "filter": {"text": {"$exists": true}}}""");
        talk.tool("storage_search", """
                {"collection": "notes", "query": "note"}""");
        talk.tool("storage_collections", "{}");
        talk.tool("calculator_add", """
                {"a": 2, "b": 3}""");
    }

    /** Several rounds: the second call takes other paths than the first. */
    private void exercise(int port) throws IOException, InterruptedException {
        Talk talk = (method, params) -> call(port, method, params);
        talk.call("initialize", INITIALIZE);
        for (int round = 0; round < ROUNDS; round++) {
            ordinary(talk);
            single(port, "server/discover", "", "");
            single(port, "tools/list", "", "");
            single(port, "resources/read", "storage://notes/a", """
                    "uri": "storage://notes/a", """);
            get(port, "/tools/list");
            get(port, "/q/metrics");
        }
        long end = System.nanoTime() + HOT_LIMIT.toNanos();
        for (int i = 0; i < HOT_CALLS && System.nanoTime() < end; i++) {
            if (i % 2 == 0) {
                talk.tool("calculator_add", """
                        {"a": 2, "b": 3}""");
            } else {
                single(port, "tools/call", "calculator_add", """
                        "name": "calculator_add", "arguments": {"a": 2, "b": 3}, """);
            }
        }
    }

    private void call(int port, String method, String params) throws IOException, InterruptedException {
        String body = "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"" + method + "\", \"params\": " + params + "}";
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(port, "/mcp"))
                .timeout(READY_LIMIT)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (session != null) {
            request.header("Mcp-Session-Id", session);
        }
        var response = http.send(request.build(), BodyHandlers.ofString());
        session = response.headers().firstValue("Mcp-Session-Id").orElse(session);
    }

    /** A request of a revision without sessions; {@code members} of params end with a comma. */
    private void single(int port, String method, String name, String members)
            throws IOException, InterruptedException {
        String body = """
                {"jsonrpc": "2.0", "id": 1, "method": "%s", "params": {%s"_meta": {\
                "io.modelcontextprotocol/protocolVersion": "2026-07-28", \
                "io.modelcontextprotocol/clientInfo": {"name": "train", "version": "1"}, \
                "io.modelcontextprotocol/clientCapabilities": {}}}}""".formatted(method, members);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(port, "/mcp"))
                .timeout(READY_LIMIT)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("MCP-Protocol-Version", "2026-07-28")
                .header("Mcp-Method", method)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!name.isEmpty()) {
            request.header("Mcp-Name", name);
        }
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(method + " was answered with " + response.statusCode() + ": " + response.body());
        }
    }

    private void get(int port, String path) throws IOException, InterruptedException {
        http.send(HttpRequest.newBuilder(uri(port, path)).timeout(READY_LIMIT).build(), BodyHandlers.discarding());
    }

    /** The last lines of what the server said; not what the JVM says of each class that it leaves out. */
    private static String tail(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log).stream()
                .filter(line -> !line.contains("[aot"))
                .toList();
        return lines.stream().skip(Math.max(0, lines.size() - 20)).collect(Collectors.joining("\n", "\n", ""));
    }

    private static URI uri(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void deleteTree(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
