package io.mcpserver.insight.profile;

import io.mcpserver.insight.InsightException;
import io.mcpserver.insight.process.LocalServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A server of this program on a throw-away store, which two clients keep busy: they save, load, query, search and add. What
 * is profiled where no server runs. Closing ends it and deletes its store.
 */
public final class SampleServer implements AutoCloseable {

    private static final int CLIENTS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration END = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final List<Thread> clients = new ArrayList<>();
    private final Path folder;
    private final int port;
    private Process process;
    private volatile boolean ending;

    private SampleServer(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /**
     * Starts it; returns when it answers and is busy.
     *
     * @param launcher the program of the distribution
     */
    public static SampleServer start(Path launcher) {
        SampleServer server = null;
        try {
            server = new SampleServer(Files.createTempDirectory("mcp-server-profile"), freePort());
            server.launch(launcher);
            server.awaitReady();
            server.beBusy();
            return server;
        } catch (IOException | InterruptedException | RuntimeException e) {
            if (server != null) {
                server.close();
            }
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw e instanceof InsightException told
                    ? told
                    : new InsightException("The sample server could not be started: " + e.getMessage(), e);
        }
    }

    /** As it would be found by its pid. */
    public LocalServer asLocal() {
        return new LocalServer(process.pid(), "sample server");
    }

    private void launch(Path launcher) throws IOException {
        Path config = Files.writeString(folder.resolve("config.yaml"), "server: {name: sample}\n");
        ProcessBuilder builder = new ProcessBuilder(
                        launcher.toString(),
                        "--config",
                        config.toString(),
                        "--transport",
                        "http-stream",
                        "--host",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(port),
                        "--data",
                        folder.resolve("data").toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        // What the environment sets for the real server is not for this one; the choice of Java is.
        builder.environment().keySet().removeIf(name -> name.startsWith("MCP_") && !name.startsWith("MCP_JAVA_"));
        process = builder.start();
    }

    private void awaitReady() throws InterruptedException, IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            if (!process.isAlive()) {
                throw new InsightException("The sample server ended at once; it said: "
                        + Files.readString(folder.resolve("log"))
                                .lines()
                                .findFirst()
                                .orElse("nothing"));
            }
            try {
                if (http.send(request("/q/health/ready").build(), BodyHandlers.discarding())
                                .statusCode()
                        == 200) {
                    return;
                }
            } catch (IOException notYet) {
                // It is starting.
            }
            Thread.sleep(100);
        }
        throw new InsightException("The sample server did not get ready within " + PATIENCE.toSeconds() + " s.");
    }

    private void beBusy() {
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(Thread.ofPlatform().daemon().name("sample-client-" + i).start(this::work));
        }
    }

    private void work() {
        for (int round = 0; !ending; round++) {
            try {
                int id = round % 500;
                call("storage_save", """
                        {"collection": "notes", "documents": [{"id": "n%d", "content": {"title": "Note %d", "text": \
                        "The answer to question %d is somewhere in the archive.", "number": %d}}]}""".formatted(id, id, id, id));
                call("storage_load", "{\"collection\": \"notes\", \"ids\": [\"n%d\"]}".formatted(id));
                call(
                        "storage_query",
                        "{\"collection\": \"notes\", \"filter\": {\"number\": {\"$gt\": %d}}, \"limit\": 20}"
                                .formatted(id / 2));
                call(
                        "storage_search",
                        "{\"collection\": \"notes\", \"query\": \"answer in the archive %d\"}".formatted(id));
                call("calculator_add", "{\"a\": %d, \"b\": 1}".formatted(id));
            } catch (IOException e) {
                // The server is ending, or will be found dead by who asks it.
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void call(String tool, String arguments) throws IOException, InterruptedException {
        String body = "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"tools/call\", \"params\": {\"name\": \"" + tool
                + "\", \"arguments\": " + arguments + "}}";
        http.send(
                request("/tools/call")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.discarding());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(PATIENCE);
    }

    @Override
    public void close() {
        ending = true;
        clients.forEach(Thread::interrupt);
        if (process != null) {
            process.destroy();
            try {
                if (!process.waitFor(END.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.destroyForcibly().waitFor();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
        http.shutdownNow();
        deleteFolder();
    }

    private void deleteFolder() {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            System.getLogger(SampleServer.class.getName()).log(System.Logger.Level.DEBUG, "not deleted", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
