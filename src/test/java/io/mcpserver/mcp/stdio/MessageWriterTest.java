package io.mcpserver.mcp.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MessageWriterTest {

    private static final JsonObject PROGRESS = new JsonObject().put("method", "notifications/progress");
    private static final int LENGTH = PROGRESS.encode().length() + 1;
    private static final int ROOM = 10_000;

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final CountDownLatch reading = new CountDownLatch(1);
    private final AtomicInteger broken = new AtomicInteger();

    /** A client that reads nothing until {@link #reading}. */
    private final OutputStream out = new OutputStream() {
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
            written.write(bytes, offset, length);
        }
    };

    @Test
    void progressThatNobodyReadsDoesNotPileUp() throws Exception {
        MessageWriter writer = started(out);
        for (int i = 0; i < 100_000; i++) {
            writer.acceptIfRoom(PROGRESS);
        }
        writer.accept(Buffer.buffer("{\"id\":1}"));

        reading.countDown();
        end(writer);

        assertThat(written.size()).isGreaterThan(ROOM).isLessThan(ROOM + 2 * LENGTH);
        assertThat(written.toString(StandardCharsets.UTF_8)).endsWith("\n{\"id\":1}\n");
    }

    @Test
    void answersAreNeverDropped() throws Exception {
        MessageWriter writer = started(out);
        for (int i = 0; i < 1_000; i++) {
            writer.accept(PROGRESS);
        }

        reading.countDown();
        end(writer);

        assertThat(written.toString(StandardCharsets.UTF_8).lines()).hasSize(1_000);
    }

    @Test
    void whoBringsMoreWorkWaitsUntilThereIsRoom() throws Exception {
        MessageWriter writer = started(out);
        writer.awaitRoom();
        writer.accept(Buffer.buffer("x".repeat(ROOM)));
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> awaitRoom(writer));
        assertThat(waiting).isNotDone();

        reading.countDown();

        waiting.get(60, TimeUnit.SECONDS);
        end(writer);
    }

    @Test
    void whenTheStreamBreaksItIsToldOnceAndNobodyWaitsAnyMore() throws Exception {
        MessageWriter writer = started(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        });
        for (int i = 0; i < 1_000; i++) {
            writer.accept(PROGRESS);
        }

        writer.awaitRoom();
        writer.accept(PROGRESS);
        assertThat(writer.awaitEnd(60_000)).isTrue();
        writer.awaitRoom();
        assertThat(broken.get()).isEqualTo(1);
    }

    private MessageWriter started(OutputStream to) {
        MessageWriter writer = new MessageWriter(to, ROOM, broken::incrementAndGet);
        writer.start();
        return writer;
    }

    private void end(MessageWriter writer) throws InterruptedException {
        writer.finish();
        assertThat(writer.awaitEnd(60_000)).isTrue();
        assertThat(broken.get()).isZero();
    }

    private static void awaitRoom(MessageWriter writer) {
        try {
            writer.awaitRoom();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
