package io.mcpserver.mcp.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.mcp.testing.LoopbackServer;
import io.mcpserver.mcp.testing.RawHttp;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpenStreamsTest {

    @AutoClose
    private final LoopbackServer loopback = new LoopbackServer();

    private final AtomicInteger told = new AtomicInteger();
    private Runnable onClosing = () -> {};
    private OpenStreams streams;
    private URI server;

    @BeforeEach
    void aServerForListeners() {
        streams = new OpenStreams(loopback.vertx(), Duration.ofMillis(50));
        server = loopback.serve(router -> {
            router.get("/stream").handler(http -> {
                http.response().setChunked(true).write(": listening\n\n");
                streams.add(http, () -> {
                    told.incrementAndGet();
                    onClosing.run();
                });
            });
        });
    }

    @Test
    void aListenerGetsACommentLineAgainAndAgain() throws Exception {
        try (Socket listener = RawHttp.get(server, "/stream").open()) {
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(listener.getInputStream(), StandardCharsets.US_ASCII));

            assertThat(reader.lines().filter(line -> line.startsWith(":")).limit(4))
                    .containsExactly(": listening", ": keep-alive", ": keep-alive", ": keep-alive");
            assertThat(told.get()).isZero();
        }
        Awaitility.await().until(() -> streams.count() == 0);
    }

    @Test
    void aStreamBehindWhoseRequestNonsenseCameIsForgotten() throws Exception {
        try (Socket listener = new Socket(server.getHost(), server.getPort())) {
            listener.getOutputStream()
                    .write("GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\nnonsense\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(listener.getInputStream().read()).isEqualTo('H');
        }

        Awaitility.await().until(() -> streams.count() == 0);
    }

    @Test
    void closingTellsAndEndsEveryStream() throws Exception {
        try (Socket listener = RawHttp.get(server, "/stream").open()) {
            Awaitility.await().until(() -> streams.count() == 1);

            streams.closeAll();

            assertThat(new String(listener.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .endsWith("0\r\n\r\n");
            assertThat(told.get()).isEqualTo(1);
        }
    }

    @Test
    void everyStreamIsToldThoughOneFails() throws Exception {
        onClosing = () -> {
            throw new IllegalStateException("Response has already been written");
        };
        try (Socket one = RawHttp.get(server, "/stream").open();
                Socket other = RawHttp.get(server, "/stream").open()) {
            Awaitility.await().until(() -> streams.count() == 2);

            streams.closeAll();

            assertThat(told.get()).isEqualTo(2);
            assertThat(one.isConnected() && other.isConnected()).isTrue();
        }
    }
}
