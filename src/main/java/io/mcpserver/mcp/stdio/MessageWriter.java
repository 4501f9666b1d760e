package io.mcpserver.mcp.stdio;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * Writes messages to one stream, each on its own line, in the order given, from one thread, so that
 * no caller ever waits for a reader that is slow.
 *
 * <p>When the stream breaks, {@code broken} is told once and later messages are dropped.
 */
final class MessageWriter implements Consumer<JsonObject> {

    private static final JsonObject END = new JsonObject();

    private final BlockingQueue<JsonObject> queue = new LinkedBlockingQueue<>();
    private final OutputStream out;
    private final Runnable broken;
    private final Thread thread;

    MessageWriter(OutputStream out, Runnable broken) {
        this.out = out;
        this.broken = broken;
        this.thread = Thread.ofPlatform().daemon().name("stdio-writer").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    @Override
    public void accept(JsonObject message) {
        queue.add(message);
    }

    /** Writes what was accepted before, then ends. */
    void finish(long millis) throws InterruptedException {
        queue.add(END);
        thread.join(millis);
    }

    private void run() {
        try {
            for (JsonObject message = queue.take(); message != END; message = queue.take()) {
                out.write((message.encode() + '\n').getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (IOException e) {
            broken.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
