package io.mcpserver.mcp.stdio;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Writes messages to one stream, each on its own line, in the order given, from one thread, so that
 * no caller ever waits for a reader that is slow. Who brings in more work is to {@link #awaitRoom} first.
 *
 * <p>When the stream breaks, {@code broken} is told once and later messages are dropped.
 */
final class MessageWriter implements Consumer<JsonObject> {

    private static final Logger LOG = Logger.getLogger(MessageWriter.class);

    private static final byte[] END = {};

    private final BlockingQueue<byte[]> queue = new LinkedBlockingQueue<>();
    private final OutputStream out;
    private final long room;
    private final Runnable broken;
    private final Thread thread;
    private long queued;
    private boolean over;

    /** @param room bytes that may wait for the reader before {@link #awaitRoom} holds its callers up */
    MessageWriter(OutputStream out, long room, Runnable broken) {
        this.out = out;
        this.room = room;
        this.broken = broken;
        this.thread = Thread.ofPlatform().daemon().name("stdio-writer").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    @Override
    public void accept(JsonObject message) {
        accept(message.toBuffer());
    }

    /** @param message JSON text without line breaks */
    void accept(Buffer message) {
        add(message.copy().appendByte((byte) '\n').getBytes());
    }

    /** Writes a message unless the reader is so slow that {@code room} is taken. */
    void acceptIfRoom(JsonObject message) {
        if (hasRoom()) {
            accept(message);
        }
    }

    private synchronized boolean hasRoom() {
        return queued < room;
    }

    /** Waits until what is queued is shorter than {@code room}, or nothing is written any more. */
    synchronized void awaitRoom() throws InterruptedException {
        while (queued >= room && !over) {
            wait();
        }
    }

    /** Accepts nothing more and ends when everything is written; see {@link #awaitEnd}. */
    void finish() {
        add(END);
    }

    /** Waits for the end, at most {@code millis}, and says whether it has come. */
    boolean awaitEnd(long millis) throws InterruptedException {
        return thread.join(Duration.ofMillis(millis));
    }

    private synchronized void add(byte[] line) {
        if (!over) {
            queued += line.length;
            queue.add(line);
        }
    }

    private void run() {
        try {
            for (byte[] line = queue.take(); line != END; line = queue.take()) {
                out.write(line);
                out.flush();
                written(line.length);
            }
            end();
        } catch (IOException | RuntimeException e) {
            LOG.debugf(e, "Standard output cannot be written any more");
            end();
            broken.run();
        } catch (InterruptedException e) {
            end();
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void written(int bytes) {
        queued -= bytes;
        notifyAll();
    }

    private synchronized void end() {
        over = true;
        queue.clear();
        notifyAll();
    }
}
