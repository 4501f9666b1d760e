package io.mcpserver.tool.declarative.http.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A server on the loopback address that says, byte for byte, what no HTTP server would; and sees its client leave. */
public final class RawSite implements AutoCloseable {

    /** What is done with a connection once the head of a request was read. */
    public interface Answering {

        void answer(Socket client) throws IOException;
    }

    private final ServerSocket socket;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch left = new CountDownLatch(1);

    public RawSite(Answering answering) {
        try {
            socket = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(() -> serve(answering));
    }

    /** One that sends a text and then waits for the client to leave. */
    public static RawSite saying(String text) {
        return new RawSite(client -> {
            client.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            client.getInputStream().readAllBytes();
        });
    }

    private void serve(Answering answering) {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                Thread.ofVirtual().start(() -> serve(client, answering));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client, Answering answering) {
        try (client) {
            readHead(client.getInputStream());
            reached.countDown();
            answering.answer(client);
        } catch (IOException e) {
            // The client has left, which is what is counted below.
        } finally {
            left.countDown();
        }
    }

    private static void readHead(InputStream in) throws IOException {
        int newlines = 0;
        while (newlines < 2) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("no request");
            }
            newlines = c == '\n' ? newlines + 1 : c == '\r' ? newlines : 0;
        }
    }

    public String url(String path) {
        return "http://127.0.0.1:" + socket.getLocalPort() + path;
    }

    public String authority() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    /** Waits until a request came. */
    public void awaitRequest() throws InterruptedException {
        if (!reached.await(30, TimeUnit.SECONDS)) {
            throw new AssertionError("no request came");
        }
    }

    /** Waits until the server is done with a client, because it answered or because the client closed the connection. */
    public boolean sawClientLeave() throws InterruptedException {
        return left.await(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
