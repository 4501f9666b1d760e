package io.mcpserver.mcp.testing;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One HTTP request that was sent, and what comes back on it, message by message, until its connection is closed. */
public final class OpenPost implements AutoCloseable {

    private final Socket socket;
    private final Consumer<JsonObject> listener;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private volatile int status;
    private volatile int comments;

    public OpenPost(RawHttp request, Consumer<JsonObject> listener) {
        this.listener = listener;
        try {
            socket = request.open();
            socket.setSoTimeout(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::read);
    }

    /** The status of HTTP; waits for it. */
    public int status() {
        await(begun);
        return status;
    }

    /** A header of the answer; waits for its head. */
    public String header(String name) {
        await(begun);
        return headers.get(name);
    }

    /** How many comment lines have come on the stream. */
    public int comments() {
        return comments;
    }

    /** Waits until the server has ended the answer. */
    public OpenPost awaitEnd() {
        await(over);
        return this;
    }

    /** Hangs up. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            String head = reader.readLine();
            if (head != null) {
                status = Integer.parseInt(head.split(" ")[1]);
                readHeaders(reader);
                begun.countDown();
                readBody(reader);
            }
        } catch (IOException hungUp) {
            // What came before is all that came.
        } finally {
            begun.countDown();
            over.countDown();
        }
    }

    private void readHeaders(BufferedReader reader) throws IOException {
        for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).trim());
        }
    }

    private void readBody(BufferedReader reader) throws IOException {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.startsWith("data: {")) {
                listener.accept(new JsonObject(line.substring("data: ".length())));
            } else if (line.startsWith("{")) {
                listener.accept(new JsonObject(line));
            } else if (line.startsWith(":")) {
                comments++;
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(60, TimeUnit.SECONDS)) {
                throw new AssertionError("The server did not answer");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
