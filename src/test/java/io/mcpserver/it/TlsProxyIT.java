package io.mcpserver.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.mcpserver.mcp.testing.HttpTalk;
import io.mcpserver.mcp.testing.McpMessages;
import io.mcpserver.mcp.testing.RawHttp;
import io.mcpserver.mcp.testing.StatelessMessages;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code nginx/mcp-server.conf} of the distribution, with TLS and HTTP/2, in front of Streamable HTTP. */
@Tag("system")
class TlsProxyIT {

    private static final int CLIENTS = 50;
    private static final int CALLS = 6;
    private static final int EVENTS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final JsonObject NOTHING = new JsonObject();

    static {
        // The upstream of one test: it would wait for an acknowledgement with every second event.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    @TempDir
    static Path directory;

    private static RunningServer server;
    private static TlsProxy proxy;

    @BeforeAll
    static void start() {
        server = ServerLaunch.in(directory)
                .serving("http-stream")
                .env("MCP_TRANSPORT_ALLOWED_HOSTS", TlsProxy.NAME)
                .env("MCP_TRANSPORT_TRUSTED_PROXIES", "127.0.0.1")
                .startReady();
        proxy = TlsProxy.start(directory.resolve("nginx"), server.port());
    }

    @AfterAll
    static void stop() {
        proxy.close();
        server.close();
    }

    @Test
    void http2AndModernTlsAreSpokenAndTheAnswerIsGuarded() throws Exception {
        try (HttpClient client = http2()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(proxy.uri("/tools/list")).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(answer.headers().map())
                    .containsKeys(
                            "strict-transport-security",
                            "x-content-type-options",
                            "x-frame-options",
                            "referrer-policy");
            assertThat(answer.headers().firstValue("server")).contains("nginx");

            assertThat(curl("--http2", "-o", "/dev/null", "-w", "%{http_version} %{http_code}", "/tools/list"))
                    .isEqualTo("2 200");
            assertThat(curl("--http1.1", "-o", "/dev/null", "-w", "%{http_version} %{http_code}", "/tools/list"))
                    .isEqualTo("1.1 200");
            assertThat(curl("-o", "/dev/null", "-w", "%{http_code}", "/q/metrics"))
                    .isEqualTo("404");

            assertThat(handshake("-tls1_1")).contains("alert protocol version");
            assertThat(handshake("-tls1_2")).contains("Protocol  : TLSv1.2");
            assertThat(handshake("-tls1_3")).contains("TLSv1.3");
        }
    }

    @Test
    void whoComesWithoutTlsIsSentToTheRightPlaceWithTheSameMethod() throws Exception {
        RawHttp.Reply reply = RawHttp.post(
                        URI.create("http://localhost:" + proxy.plainPort()), "/mcp?a=b", McpMessages.PING)
                .header("Host", TlsProxy.NAME)
                .send();

        assertThat(reply.status()).isEqualTo(308);
        assertThat(reply.header("Location")).isEqualTo("https://" + TlsProxy.NAME + "/mcp?a=b");
    }

    @Test
    void aBodyOfElevenMegabytesIsRefused() throws Exception {
        Path large = Files.write(directory.resolve("large.json"), new byte[11 << 20]);
        for (String version : List.of("--http2", "--http1.1")) {
            String status = curl(
                    version,
                    "-o",
                    "/dev/null",
                    "-w",
                    "%{http_code}",
                    "-H",
                    "Content-Type: application/json",
                    "--data-binary",
                    "@" + large,
                    "/mcp");
            assertThat(status).as(version).isEqualTo("413");
        }
    }

    @Test
    void bothErasOfStreamableHttpWorkWithTheirStreams() throws Exception {
        try (HttpTalk session = HttpTalk.inSession(proxy.uri("/"), null, NOTHING);
                HttpTalk stateless = HttpTalk.stateless(proxy.uri("/"), null)) {
            session.listen();
            assertAdds(session.call("calculator_add", numbers()));
            session.ask("resources/subscribe", new JsonObject().put("uri", "storage://notes/a"));
            session.call("storage_save", documents("a"));
            assertThat(session.told("notifications/resources/updated").encode()).contains("storage://notes/a");

            stateless.say(StatelessMessages.call(7, "calculator_add", numbers()));
            assertAdds(stateless.answer(7));
        }
    }

    @Test
    void eachEventArrivesBeforeTheNextIsSent() throws Exception {
        Semaphore arrived = new Semaphore(0);
        HttpServer upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        upstream.createContext("/", http -> {
            http.getRequestBody().readAllBytes();
            http.getResponseHeaders().add("Content-Type", "text/event-stream");
            http.sendResponseHeaders(200, 0);
            try (OutputStream events = http.getResponseBody()) {
                for (int i = 0; i < EVENTS; i++) {
                    events.write(("data: " + System.nanoTime() + "\n\n").getBytes(StandardCharsets.US_ASCII));
                    events.flush();
                    if (!arrived.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                        events.write("data: held back\n\n".getBytes(StandardCharsets.US_ASCII));
                        return;
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        upstream.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        upstream.start();
        try (TlsProxy own = TlsProxy.start(
                        directory.resolve("upstream"), upstream.getAddress().getPort());
                HttpClient client = http2()) {
            for (String path : List.of("/mcp", "/stream", "/sse", "/messages", "/mcp/messages/1", "/mcp/sse")) {
                HttpRequest request = HttpRequest.newBuilder(own.uri(path))
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build();
                long[] delays = delays(client.send(request, HttpResponse.BodyHandlers.ofInputStream()), arrived);

                assertThat(delays).as(path).hasSize(EVENTS);
                System.out.printf(
                        "%s over TLS and HTTP/2, event to arrival: median %.2f ms, longest %.2f ms%n",
                        path, delays[EVENTS / 2] / 1e6, delays[EVENTS - 1] / 1e6);
            }
        } finally {
            upstream.stop(0);
        }
    }

    @Test
    void progressOfACallArrivesWhileItRuns() throws Exception {
        try (HttpClient client = http2()) {
            Iterator<JsonObject> told = longSave(client);

            JsonObject progress = told.next();

            assertThat(ProxiedServers.sum(server, "mcp_calls_open")).isEqualTo(1);
            assertThat(progress.getString("method")).isEqualTo("notifications/progress");
            assertSaved(told);
        }
    }

    @Test
    void fiftyClientsAtTheSameTimeAreAllAnswered() throws Exception {
        List<CompletableFuture<List<Integer>>> clients = IntStream.range(0, CLIENTS)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> visit(), Thread::startVirtualThread))
                .toList();

        assertThat(clients).allSatisfy(client -> assertThat(client.get(60, TimeUnit.SECONDS))
                .hasSize(CALLS + 2)
                .containsOnly(200, 202));
    }

    /**
     * Neither one that runs nor one on a new connection. On a connection that nginx closes because nothing runs on it, a
     * client may send a call at the same moment, which never arrives and which it has to send again; so each call here
     * has a connection of its own.
     */
    @Test
    void aReloadOfNginxLosesNoCall() throws Exception {
        Path save = Files.writeString(directory.resolve("save.json"), longSave().encode());
        List<String> saving = new ArrayList<>(List.of("--http2", "--no-buffer", "--data-binary", "@" + save));
        String[] headers = calling("storage_save");
        for (int i = 0; i < headers.length; i += 2) {
            saving.addAll(List.of("-H", headers[i] + ": " + headers[i + 1]));
        }
        saving.addAll(List.of("-H", "Content-Type: application/json"));
        saving.addAll(List.of("-H", "Accept: application/json, text/event-stream", "/mcp"));
        Process saves = startCurl(saving.toArray(String[]::new));
        BufferedReader told = saves.inputReader();
        assertThat(told.lines()
                        .filter(line -> line.startsWith("data: "))
                        .findFirst()
                        .orElseThrow())
                .contains("notifications/progress");
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<List<Integer>> calls =
                CompletableFuture.supplyAsync(() -> callUntil(over), Thread::startVirtualThread);

        for (int i = 0; i < 3; i++) {
            proxy.reload();
            Thread.sleep(300);
        }

        assertThat(told.lines().filter(line -> line.contains("\"result\"")))
                .singleElement()
                .asString()
                .contains("\"isError\":false");
        over.set(true);
        assertThat(calls.get(30, TimeUnit.SECONDS)).hasSizeGreaterThan(10).containsOnly(200);
    }

    private static HttpClient http2() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    }

    /** A session of one client with a connection of its own; the status of each answer. */
    private static List<Integer> visit() {
        try (HttpClient client = http2()) {
            List<Integer> statuses = new ArrayList<>();
            HttpResponse<String> hello = post(client, McpMessages.INITIALIZE);
            statuses.add(hello.statusCode());
            String session = hello.headers().firstValue("Mcp-Session-Id").orElseThrow();
            statuses.add(post(client, McpMessages.INITIALIZED, "Mcp-Session-Id", session)
                    .statusCode());
            for (int i = 0; i < CALLS; i++) {
                String call = McpMessages.call(i, "calculator_add", numbers());
                HttpResponse<String> answer = post(client, call, "Mcp-Session-Id", session);
                assertAdds(new JsonObject(answer.body()));
                assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
                statuses.add(answer.statusCode());
            }
            return statuses;
        }
    }

    /** Calls over HTTP/1.1, each on a connection of its own; the status of each answer. */
    private static List<Integer> callUntil(AtomicBoolean over) {
        List<Integer> statuses = new ArrayList<>();
        while (!over.get()) {
            JsonObject call = StatelessMessages.call(1, "calculator_add", numbers());
            statuses.add(StatelessMessages.post(proxy.uri("/"), call).send().status());
        }
        return statuses;
    }

    private static HttpResponse<String> post(HttpClient client, String body, String... headers) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(proxy.uri("/mcp"))
                    .timeout(Duration.ofMinutes(1))
                    .headers("Content-Type", "application/json", "Accept", "application/json, text/event-stream")
                    .POST(HttpRequest.BodyPublishers.ofString(body));
            for (int i = 0; i < headers.length; i += 2) {
                request.header(headers[i], headers[i + 1]);
            }
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Nanoseconds from each event to its arrival, shortest first. */
    private static long[] delays(HttpResponse<InputStream> answer, Semaphore arrived) throws IOException {
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        LongStream.Builder delays = LongStream.builder();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("data: ")) {
                    delays.add(System.nanoTime() - Long.parseLong(line.substring("data: ".length())));
                    arrived.release();
                }
            }
        }
        return delays.build().sorted().toArray();
    }

    /** Saves so many documents that it takes a while; what is told of it, the answer last, as it comes. */
    private static Iterator<JsonObject> longSave(HttpClient client) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(proxy.uri("/mcp"))
                .headers("Content-Type", "application/json", "Accept", "application/json, text/event-stream")
                .headers(calling("storage_save"))
                .POST(HttpRequest.BodyPublishers.ofString(longSave().encode()))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofLines())
                .body()
                .filter(line -> line.startsWith("data: "))
                .map(line -> new JsonObject(line.substring("data: ".length())))
                .iterator();
    }

    private static JsonObject longSave() {
        String[] ids = IntStream.range(0, 400).mapToObj(i -> "id" + i).toArray(String[]::new);
        JsonObject save = StatelessMessages.call(1, "storage_save", documents(ids));
        save.getJsonObject("params").getJsonObject("_meta").put("progressToken", "saving");
        return save;
    }

    private static void assertSaved(Iterator<JsonObject> told) {
        JsonObject last = told.next();
        while (told.hasNext()) {
            last = told.next();
        }
        assertThat(last.getJsonObject("result").getBoolean("isError"))
                .as(last.encode())
                .isFalse();
    }

    private static String[] calling(String tool) {
        return new String[] {
            "Mcp-Protocol-Version", StatelessMessages.REVISION, "Mcp-Method", "tools/call", "Mcp-Name", tool
        };
    }

    private static JsonObject documents(String... ids) {
        JsonArray documents = new JsonArray();
        for (String id : ids) {
            String text = "What " + id + " is about is told in a sentence that is long enough to be worth reading.";
            documents.add(new JsonObject().put("id", id).put("content", new JsonObject().put("text", text)));
        }
        return new JsonObject().put("collection", "notes").put("documents", documents);
    }

    private static JsonObject numbers() {
        return new JsonObject().put("a", 2).put("b", 3);
    }

    private static void assertAdds(JsonObject answer) {
        assertThat(answer.getJsonObject("result")
                        .getJsonObject("structuredContent")
                        .getInteger("sum"))
                .as(answer.encode())
                .isEqualTo(5);
    }

    /** What curl says of a path under the name of the certificate; the last argument is the path. */
    private static String curl(String... arguments) throws IOException, InterruptedException {
        return output(startCurl(arguments));
    }

    private static Process startCurl(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("curl", "-sS"));
        command.addAll(List.of("--cacert", proxy.certificate().toString()));
        command.addAll(List.of("--resolve", TlsProxy.NAME + ":" + proxy.port() + ":127.0.0.1"));
        command.addAll(Arrays.asList(arguments).subList(0, arguments.length - 1));
        command.add("https://" + TlsProxy.NAME + ":" + proxy.port() + arguments[arguments.length - 1]);
        return start(command);
    }

    private static String handshake(String version) throws IOException, InterruptedException {
        return output(start(List.of(
                "openssl",
                "s_client",
                "-connect",
                "127.0.0.1:" + proxy.port(),
                "-servername",
                TlsProxy.NAME,
                version,
                "-cipher",
                "ALL:@SECLEVEL=0")));
    }

    private static Process start(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        return process;
    }

    private static String output(Process process) throws IOException, InterruptedException {
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }
}
