package io.mcpserver.mcp.stdio;

import io.mcpserver.mcp.testing.Talk;
import io.quarkus.arc.Arc;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A talk over the stdio transport of this process, through pipes. */
public final class StdioTalk extends Talk {

    private final PipedOutputStream in = new PipedOutputStream();
    private final PipedOutputStream out = new PipedOutputStream();
    private final CountDownLatch over = new CountDownLatch(1);
    private final StdioTransport transport;

    public StdioTalk() {
        transport = new StdioTransport(bean(TalkParts.class));
        try {
            PipedInputStream heard = new PipedInputStream(out, 1 << 20);
            Thread.ofPlatform().daemon().start(() -> listen(heard));
            transport.start(new PipedInputStream(in, 1 << 20), out, over::countDown);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void say(JsonObject message) {
        line(message.encode());
    }

    /** Sends a line as it is. */
    public synchronized void line(String text) {
        try {
            in.write((text + "\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the input and waits until the talk is over. */
    public StdioTalk end() {
        try {
            in.close();
            if (!over.await(60, TimeUnit.SECONDS)) {
                throw new AssertionError("The talk does not end");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return this;
    }

    @Override
    public void close() {
        end();
    }

    private void listen(PipedInputStream heard) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(heard, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                hears(new JsonObject(line));
            }
        } catch (IOException writerGone) {
            // A pipe whose writing thread has ended is broken; everything written was read.
        }
    }

    private static <T> T bean(Class<T> type) {
        return Arc.container().instance(type).get();
    }
}
