package io.mcpserver.mcp.stdio;

import static io.mcpserver.mcp.testing.McpMessages.INITIALIZE;
import static io.mcpserver.mcp.testing.McpMessages.INITIALIZED;
import static io.mcpserver.mcp.testing.McpMessages.LIST;
import static io.mcpserver.mcp.testing.McpMessages.PING;
import static io.mcpserver.mcp.testing.McpMessages.echo;
import static io.mcpserver.mcp.testing.McpMessages.sleep;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class StdioTransportTest {

    @Inject
    TalkParts parts;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final CountDownLatch over = new CountDownLatch(1);
    private PipedOutputStream in;
    private StdioTransport transport;

    @BeforeEach
    void aTransport() {
        in = new PipedOutputStream();
        transport = new StdioTransport(parts);
    }

    @Test
    void theListNeedsNoInitializeAndTheEndOfInputEndsTheTalk() throws Exception {
        start(out);
        send("{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"tools/list\"}");
        end();

        assertThat(answers()).hasSize(1);
        assertThat(answers().getFirst().getInteger("id")).isEqualTo(1);
        assertThat(answers().getFirst().getJsonObject("result").getJsonArray("tools"))
                .isNotEmpty();
    }

    @Test
    void aClientMayAskBeforeItInitializes() throws Exception {
        start(out);
        send(INITIALIZED, PING, LIST, INITIALIZE, INITIALIZED, INITIALIZED, echo("e", "é中😀"));
        end();

        assertThat(answer(3).containsKey("result")).isTrue();
        assertThat(answer(2).containsKey("result")).isTrue();
        assertThat(answer(1).getJsonObject("result").getString("protocolVersion"))
                .isEqualTo("2025-11-25");
        assertThat(answer("e").encode()).contains("é中😀");
        assertThat(answers()).hasSize(4);
    }

    @Test
    void badLinesAreAnsweredAndReadingGoesOn() throws Exception {
        start(out);
        send(
                "nonsense",
                "",
                "   \t ",
                "[]",
                "[" + PING + "]",
                "{\"id\":9}",
                "[".repeat(100_000),
                "\uFFFF",
                PING + "\r");
        in.write(new byte[] {'"', (byte) 0xC3, '(', '"', '\n', 0, '\n'});
        send(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/unknown\"}");
        end();

        assertThat(answers().stream()
                        .filter(answer -> answer.getValue("id") == null)
                        .map(answer -> answer.getJsonObject("error").getInteger("code")))
                .containsExactlyInAnyOrder(-32700, -32600, -32600, -32600, -32700, -32700, -32700);
        assertThat(answer(9).getJsonObject("error").getInteger("code")).isEqualTo(-32600);
        assertThat(answer(3).containsKey("result")).isTrue();
        assertThat(answers()).hasSize(9);
    }

    @Test
    void aLineThatIsTooLongIsRefusedAndReadingGoesOn() throws Exception {
        start(out);
        send("x".repeat(20_000_000), PING);
        end();

        assertThat(answers().getFirst().getJsonObject("error").getString("message"))
                .contains("transport.max_body_size");
        assertThat(answer(3).containsKey("result")).isTrue();
    }

    @Test
    void twoHundredCallsAreAnsweredEachUnderItsId() throws Exception {
        start(out);
        send(INITIALIZE, INITIALIZED);
        for (int i = 0; i < 200; i++) {
            send(i % 2 == 0 ? echo("id-" + i, "text " + i) : echo(1_000 + i, "text " + i));
        }
        end();

        assertThat(answers()).hasSize(201);
        IntStream.range(0, 200).forEach(i -> assertThat(
                        answer(i % 2 == 0 ? "id-" + i : 1_000 + i).encode())
                .contains("text " + i + "\""));
    }

    @Test
    void callsInFlightAreAnsweredBeforeTheEnd() throws Exception {
        start(out);
        send(sleep("slow", 600), echo("fast", "x"));
        end();

        assertThat(answers()).extracting(answer -> answer.getString("id")).containsExactly("fast", "slow");
    }

    @Test
    void drainingAnswersWhatIsInFlightWhileTheInputStaysOpen() throws Exception {
        start(out);
        send(sleep("slow", 600));
        Awaitility.await().until(() -> transport.inFlight() == 1);

        transport.drain(Duration.ofSeconds(20));

        assertThat(over.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(answer("slow").containsKey("result")).isTrue();
    }

    @Test
    void aSecondDrainShortensTheFirst() throws Exception {
        start(out);
        send(sleep("slow", 30_000));
        Awaitility.await().until(() -> transport.inFlight() == 1);
        in.close();

        transport.drain(Duration.ofMillis(100));

        assertThat(over.await(15, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aClientThatDoesNotReadDelaysTheEndNoLongerThanAllowed() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        start(stuck(never));
        send(PING);

        CompletableFuture<Void> drained = CompletableFuture.runAsync(() -> transport.drain(Duration.ofMillis(100)));

        assertThat(drained).succeedsWithin(Duration.ofSeconds(20));
        assertThat(over.getCount()).isZero();
        assertThat(never.getCount()).isEqualTo(1);
        never.countDown();
    }

    @Test
    void aClientThatDoesNotReadIsNotReadFromUntilItReads() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        start(stuck(reading));
        int messages = 600;
        AtomicInteger sent = new AtomicInteger();
        CompletableFuture<Void> client = CompletableFuture.runAsync(() -> {
            for (; sent.get() < messages; sent.incrementAndGet()) {
                sendUnchecked(echo("e", "x".repeat(100_000)));
            }
        });

        assertThat(client).failsWithin(Duration.ofSeconds(5));
        assertThat(sent.get()).isLessThan(messages);
        reading.countDown();
        assertThat(client).succeedsWithin(Duration.ofSeconds(60));
        end();
    }

    @Test
    void anOutputThatFailsInAnyWayEndsTheTalk() throws Exception {
        start(new OutputStream() {
            @Override
            public void write(int b) {
                throw new IllegalStateException("closed");
            }
        });
        send(PING);

        assertThat(over.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aBrokenOutputEndsTheTalk() throws Exception {
        start(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        });
        send(PING);

        assertThat(over.await(20, TimeUnit.SECONDS)).isTrue();
    }

    private void start(OutputStream to) throws IOException {
        transport.start(new PipedInputStream(in, 1 << 20), to, over::countDown);
    }

    /** A client that reads nothing until it is told to. */
    private static OutputStream stuck(CountDownLatch reading) {
        return new OutputStream() {
            @Override
            public void write(int b) {
                throw new UnsupportedOperationException("written a line at a time");
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                try {
                    reading.await();
                } catch (InterruptedException e) {
                    throw new InterruptedIOException();
                }
            }
        };
    }

    private void sendUnchecked(String line) {
        try {
            send(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void send(String... lines) throws IOException {
        for (String line : lines) {
            in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
        in.flush();
    }

    private void end() throws Exception {
        in.close();
        assertThat(over.await(30, TimeUnit.SECONDS)).isTrue();
    }

    private List<JsonObject> answers() {
        return out.toString(StandardCharsets.UTF_8).lines().map(JsonObject::new).toList();
    }

    private JsonObject answer(Object id) {
        return answers().stream()
                .filter(answer -> id.equals(answer.getValue("id")))
                .reduce((first, second) -> {
                    throw new AssertionError("Answered twice: " + id);
                })
                .orElseThrow(() -> new AssertionError("Not answered: " + id));
    }
}
