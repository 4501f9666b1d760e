package io.mcpserver.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mcpserver.mcp.testing.McpMessages;
import io.mcpserver.mcp.testing.RawHttp;
import io.mcpserver.mcp.testing.RawHttp.Reply;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients that send everything but proper messages: each is answered, learns nothing about the program,
 * and leaves nothing behind.
 *
 * <p>The generator is our own and not Jazzer: what is tested is the packaged program in a process of its
 * own, and Jazzer is led by the coverage of the process that it runs in; its JUnit integration (0.30) is
 * built against JUnit 5.9 where this build has 6; and a coverage agent and a native fuzzer would come into
 * every build for random bytes that a JSON parser refuses at once. Messages that are nearly right get
 * further. {@code -Dhostile.seed} repeats a run; a failure names its seed.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "It is read from /proc what the server holds")
class HostileHttpIT {

    /** The tags of requests are words of the program: kinds of revision, methods and outcomes that it knows. */
    private static final Pattern KNOWN_REQUESTS = Pattern.compile("mcp_requests_seconds_(count|sum|max)"
            + "\\{era=\"(stateful|stateless|plain)\",method=\"[a-zA-Z/]{4,24}\",outcome=\"[a-z_]{2,20}\"}"
            + "|http_server_requests_seconds_(count|sum|max)\\{method=\"[A-Z]{3,7}\",outcome=\"[A-Z_]+\",status=\"\\d{3}\","
            + "uri=\"(OTHER|NOT_FOUND|root|/\\*|/(mcp|stream|sse|tools|q)(/[a-z:]{1,12}){0,3})\"}");

    /** A client that left behind a request that nobody reads is missed when a keep-alive comment cannot be sent. */
    private static final Duration TWO_KEEP_ALIVES = Duration.ofSeconds(35);

    private static final int CLIENTS = 4;
    private static final int TO_WARM_UP = 30_000;
    private static final int ROUNDS_TO_WARM_UP = 8;
    private static final int MESSAGES = 60_000;
    private static final int A_FEW_FILES = 5;
    private static final int A_FEW_SERIES = 100;

    private final long seed = Long.getLong("hostile.seed", System.nanoTime());

    @TempDir
    Path directory;

    @Test
    void everyMessageIsAnsweredAndLeavesNothingBehind() throws Exception {
        try (RunningServer server = server()) {
            URI uri = server.uri("/");
            ProcessUse use = new ProcessUse(server.pid());
            LiveHeap heapBefore = heapOnceCachesAreFull(server, use);
            int filesBefore = use.openFiles();
            Set<String> seriesBefore = series(uri);

            Map<Integer, Integer> statuses = attack(server, seed, MESSAGES);

            awaitNothingOpen(uri);
            Awaitility.await("files are closed")
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(use.openFiles()).isCloseTo(filesBefore, within(A_FEW_FILES)));
            Set<String> seriesAfter = series(uri);
            seriesAfter.removeAll(seriesBefore);
            assertThat(seriesAfter).as("metrics must not be named by strangers").hasSizeLessThan(A_FEW_SERIES);
            LiveHeap heapAfter = use.liveHeap();
            assertThat(heapAfter.bytes())
                    .as("live heap after the seed " + seed + heapAfter.grownSince(heapBefore))
                    .isLessThan(heapBefore.bytes() + heapBefore.bytes() / 10);
            assertThat(statuses)
                    .as("A generator that is never understood or never refused tests little: " + statuses)
                    .containsKeys(200, 202, 400, 404);
            assertThat(statuses.get(200)).isGreaterThan(MESSAGES / 20);
            assertBothErasAreServed(uri);
        }
    }

    @Test
    void aRequestWithoutHostIsRefusedInTheWordsOfThisServer() {
        try (RunningServer server = server()) {
            for (String accept : List.of("application/json", "text/html")) {
                Reply reply = RawHttp.post(server.uri("/"), "/mcp", McpMessages.INITIALIZE)
                        .header("Host", null)
                        .header("Accept", accept)
                        .send();

                assertThat(reply.status()).isBetween(400, 403);
                assertThat(Discretion.faultOfBody(reply.header("Content-Type"), reply.body()))
                        .as(reply.body())
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense\r\n\r\n", "GET /tools/list HTTP/1.1\r\nHost: localhost\r\n\r\n"})
    void aStreamIsForgottenWhateverFollowedItsRequest(String more) throws Exception {
        try (RunningServer server = server()) {
            try (KeptConnection listener = new KeptConnection(server.port(), Duration.ofSeconds(20))) {
                listener.send("GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n" + more);
                assertThat(listener.answer(false).status()).isEqualTo(200);
            }

            awaitNothingOpen(server.uri("/"));
        }
    }

    private RunningServer server() {
        return ServerLaunch.in(directory)
                .env("MCP_EMBEDDING_MODEL", "none")
                .env("MCP_TRANSPORT_MAX_BODY_SIZE", "1MB")
                // Marks of ended sessions are bounded by ten times this, and all there before the heap is measured.
                .env("MCP_PERFORMANCE_MAX_CONNECTIONS", "100")
                .serving("http-stream")
                .startReady();
    }

    /**
     * Attacks until a round leaves next to nothing: what is bounded is filled by and by, what leaks grows with
     * each.
     */
    private LiveHeap heapOnceCachesAreFull(RunningServer server, ProcessUse use) throws Exception {
        LiveHeap before = null;
        for (int round = 1; round <= ROUNDS_TO_WARM_UP; round++) {
            attack(server, seed + round * CLIENTS, TO_WARM_UP);
            awaitNothingOpen(server.uri("/"));
            LiveHeap after = use.liveHeap();
            if (before != null && after.bytes() < before.bytes() + before.bytes() / 50) {
                return after;
            }
            before = after;
        }
        throw new AssertionError("After " + ROUNDS_TO_WARM_UP + " rounds of " + TO_WARM_UP + " messages with the seed "
                + seed + " the heap still grows");
    }

    private static Map<Integer, Integer> attack(RunningServer server, long seed, int messages) throws Exception {
        Map<Integer, Integer> statuses = new TreeMap<>();
        Map<String, String> faults = new TreeMap<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<HostileClient>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                long seedOfClient = seed + i;
                clients.add(threads.submit(() -> attackAlone(server.port(), seedOfClient, messages / CLIENTS)));
            }
            for (Future<HostileClient> client : clients) {
                client.get().statuses().forEach((status, count) -> statuses.merge(status, count, Integer::sum));
                faults.putAll(client.get().faults());
            }
        }
        assertThat(faults.values()).as("with -Dhostile.seed=" + seed).isEmpty();
        return statuses;
    }

    private static HostileClient attackAlone(int port, long seed, int messages) throws IOException {
        try (HostileClient client = new HostileClient(port, seed)) {
            client.send(messages);
            return client;
        }
    }

    private static void awaitNothingOpen(URI uri) {
        Awaitility.await("no call, stream or session is open")
                .atMost(TWO_KEEP_ALIVES)
                .untilAsserted(() -> assertThat(
                                RawHttp.get(uri, "/q/metrics").send().body().lines())
                        .filteredOn(line -> line.matches("mcp_(calls|streams|sessions)_open .*"))
                        .containsExactlyInAnyOrder(
                                "mcp_calls_open 0.0", "mcp_streams_open 0.0", "mcp_sessions_open 0.0"));
    }

    /** Names and tags of what is measured; of requests only those that are not known to the program. */
    private static Set<String> series(URI uri) throws IOException {
        try (InputStream metrics = uri.resolve("/q/metrics").toURL().openStream()) {
            return new String(metrics.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.substring(0, line.lastIndexOf(' ')))
                    .filter(line -> !KNOWN_REQUESTS.matcher(line).matches())
                    .collect(Collectors.toSet());
        }
    }

    private static void assertBothErasAreServed(URI uri) throws IOException {
        String session = McpMessages.beginSession(uri);
        Reply stateful = RawHttp.post(uri, "/mcp", McpMessages.request(5, "tools/call", ModernEra.add(2, 3)))
                .header("Mcp-Session-Id", session)
                .send();
        assertThat(sum(stateful)).isEqualTo(5);
        Reply stateless =
                ModernEra.post(uri, 6, "tools/call", ModernEra.add(2, 3)).send();
        if (ModernEra.SERVED) {
            assertThat(sum(stateless)).isEqualTo(5);
        } else {
            assertThat(stateless.status()).isEqualTo(400);
        }
    }

    private static int sum(Reply reply) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        String body = reply.body();
        return new JsonObject(body.substring(body.indexOf('{')))
                .getJsonObject("result")
                .getJsonObject("structuredContent")
                .getInteger("sum");
    }
}
