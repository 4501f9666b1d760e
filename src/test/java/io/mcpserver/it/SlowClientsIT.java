package io.mcpserver.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.mcpserver.mcp.testing.McpMessages;
import io.mcpserver.mcp.testing.RawHttp;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Clients that send or read too slowly, or listen and say nothing: what they cost is bounded. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "It is read from /proc what the server holds")
class SlowClientsIT {

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration CUT_BY = REQUEST_TIMEOUT.multipliedBy(3).plusSeconds(4);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int LISTENERS = 1_000;
    private static final long MIB = 1 << 20;

    @TempDir
    Path directory;

    @Test
    void aBodyThatComesByteByByteIsCut() throws Exception {
        try (RunningServer server = server();
                KeptConnection slow = new KeptConnection(server.port(), PATIENCE)) {
            slow.send("POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Accept: application/json, text/event-stream\r\nContent-Length: 1000\r\n\r\n{");

            assertCut(slow, " ");
        }
    }

    @Test
    void aClientThatAsksAndNeverReadsIsHeldUpAndNotServedFromMemory() throws Exception {
        try (RunningServer server = server();
                Socket greedy = new Socket("127.0.0.1", server.port())) {
            ProcessUse use = new ProcessUse(server.pid());
            byte[] list = "GET /tools/list HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes();
            Thread asking = Thread.ofPlatform().daemon().start(() -> {
                try {
                    for (int i = 0; i < 100_000; i++) {
                        greedy.getOutputStream().write(list);
                    }
                } catch (IOException cut) {
                    // As good as being held up.
                }
            });
            long before = use.liveHeap().bytes();

            asking.join(Duration.ofSeconds(5));
            assertThat(use.liveHeap().bytes())
                    .as("what is held for one that reads nothing")
                    .isLessThan(before + 64 * MIB);
            assertServing(server);
        }
    }

    @Test
    void aListenerThatNeverReadsIsCutOrBounded() throws Exception {
        try (RunningServer server = server()) {
            URI uri = server.uri("/");
            String reading = subscribed(uri);
            String idle = subscribed(uri);
            CapturedOutput heard = new CapturedOutput(listen(uri, reading).getInputStream());
            try (Socket unread = listen(uri, idle)) {
                save(uri, 0);
                Thread.sleep(1_000);
                assumeThat(heard.text())
                        .as("this server sends no notifications/resources/updated")
                        .contains("notifications/resources/updated");
                ProcessUse use = new ProcessUse(server.pid());
                long before = use.liveHeap().bytes();

                for (int i = 1; i < 5_000; i++) {
                    save(uri, i);
                }

                assertThat(use.liveHeap().bytes())
                        .as("what one listener may hold")
                        .isLessThan(before + 8 * MIB);
                assertThat(unread.isConnected()).isTrue();
                assertServing(server);
            }
        }
    }

    @Test
    void aThousandIdleListenersCostLessThanAHundredMebibytes() throws Exception {
        try (RunningServer server = manyConnections()) {
            assertCheap(server, LISTENERS, number -> RawHttp.get(server.uri("/"), "/stream"));
        }
    }

    @Test
    void aThousandIdleSessionsThatListenCostLessThanAHundredMebibytes() throws Exception {
        try (RunningServer server = manyConnections()) {
            URI uri = server.uri("/");
            assertCheap(server, LISTENERS, number -> RawHttp.get(uri, "/mcp")
                    .header("Accept", "text/event-stream")
                    .header("Mcp-Session-Id", McpMessages.beginSession(uri)));
        }
    }

    @Test
    void aThousandIdleSubscriptionsCostLessThanAHundredMebibytes() throws Exception {
        assumeThat(ModernEra.SERVED).as("subscriptions/listen").isTrue();
        try (RunningServer server = manyConnections()) {
            JsonObject all = new JsonObject().put("notifications", new JsonObject().put("toolsListChanged", true));
            assertCheap(
                    server, LISTENERS, number -> ModernEra.post(server.uri("/"), number, "subscriptions/listen", all));
        }
    }

    private interface Listening {
        RawHttp request(int number);
    }

    private static void assertCheap(RunningServer server, int count, Listening listening) throws IOException {
        ProcessUse use = new ProcessUse(server.pid());
        List<Socket> sockets = new ArrayList<>();
        try {
            // What the first ones cost is loaded code.
            for (int i = 0; i < 20; i++) {
                sockets.add(opened(listening.request(i)));
            }
            long before = use.residentAfterCollection();
            for (int i = 0; i < count; i++) {
                sockets.add(opened(listening.request(1_000 + i)));
            }
            Awaitility.await().untilAsserted(() -> assertThat(
                            RawHttp.get(server.uri("/"), "/q/metrics").send().body())
                    .contains("mcp_streams_open " + sockets.size() + ".0\n"));

            assertThat(use.residentAfterCollection() - before).isLessThan(100 * MIB);
            assertServing(server);
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private static Socket opened(RawHttp request) throws IOException {
        return request.header("Connection", null).open();
    }

    /** Goes on sending a little every second until the server answers with 408 or closes. */
    private static void assertCut(KeptConnection slow, String drop) throws Exception {
        Thread dripping = Thread.ofVirtual().start(() -> {
            try {
                while (!Thread.currentThread().isInterrupted()) {
                    Thread.sleep(1_000);
                    slow.send(drop);
                }
            } catch (IOException | InterruptedException over) {
                // The server has cut it, or the test is over.
            }
        });
        long began = System.nanoTime();
        try {
            String first = first(slow);
            assertThat(first).as("what came instead of an end").matches("|HTTP/1.1 408.*");
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(CUT_BY);
        } finally {
            dripping.interrupt();
        }
    }

    /** What the server says before it closes, as far as its first line; empty where it says nothing. */
    private static String first(KeptConnection slow) throws IOException {
        StringBuilder line = new StringBuilder();
        try {
            for (int next = slow.read(); next >= 0 && next != '\r'; next = slow.read()) {
                line.append((char) next);
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("It is not cut within " + PATIENCE, e);
        } catch (SocketException reset) {
            // A way of closing.
        }
        return line.toString();
    }

    private static String subscribed(URI uri) {
        String session = McpMessages.beginSession(uri);
        JsonObject note = new JsonObject().put("uri", "storage://notes/a");
        RawHttp.post(uri, "/mcp", McpMessages.request(4, "resources/subscribe", note))
                .header("Mcp-Session-Id", session)
                .send();
        return session;
    }

    private static Socket listen(URI uri, String session) throws IOException {
        return opened(
                RawHttp.get(uri, "/mcp").header("Accept", "text/event-stream").header("Mcp-Session-Id", session));
    }

    private static void save(URI uri, int version) {
        JsonObject document = new JsonObject().put("id", "a").put("content", new JsonObject().put("version", version));
        JsonObject arguments =
                new JsonObject().put("collection", "notes").put("documents", new JsonArray().add(document));
        RawHttp.post(uri, "/tools/call", McpMessages.call(1, "storage_save", arguments))
                .send();
    }

    private static void assertServing(RunningServer server) {
        assertThat(RawHttp.post(
                                server.uri("/"),
                                "/tools/call",
                                McpMessages.call(
                                        1,
                                        "calculator_add",
                                        new JsonObject().put("a", 2).put("b", 3)))
                        .send()
                        .body())
                .contains("\"sum\":5");
    }

    private RunningServer server() {
        return launch().startReady();
    }

    private RunningServer manyConnections() {
        return launch().env("MCP_PERFORMANCE_MAX_CONNECTIONS", "2000").startReady();
    }

    private ServerLaunch launch() {
        return ServerLaunch.in(directory)
                .env("MCP_EMBEDDING_MODEL", "none")
                .env("MCP_PERFORMANCE_REQUEST_TIMEOUT", Long.toString(REQUEST_TIMEOUT.toSeconds()))
                .serving("http-stream");
    }
}
