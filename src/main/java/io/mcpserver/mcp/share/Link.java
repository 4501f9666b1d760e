package io.mcpserver.mcp.share;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * A connection between two processes of one machine, as two streams that are independent of each other.
 *
 * <p>Threads: one may read while another one writes; any may close, which ends both. Closing: idempotent.
 */
public final class Link implements AutoCloseable {

    private final SocketChannel channel;

    Link(SocketChannel channel) {
        this.channel = channel;
    }

    /** What the other side says; its end is also that of the other process. */
    public InputStream in() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return channel.read(ByteBuffer.wrap(bytes, offset, length));
            }
        };
    }

    /** What the other side is told. */
    public OutputStream out() {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                ByteBuffer left = ByteBuffer.wrap(bytes, offset, length);
                while (left.hasRemaining()) {
                    channel.write(left);
                }
            }
        };
    }

    /** Tells the other side that nothing more will be said; it may go on. */
    public void endOutput() {
        try {
            channel.shutdownOutput();
        } catch (IOException e) {
            quiet(e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            quiet(e);
        }
    }

    /**
     * One line of at most {@code most} bytes, and nothing behind it.
     *
     * @return empty if the other side left before its end
     * @throws IOException if it is longer
     */
    Optional<byte[]> line(int most) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        InputStream in = in();
        // A byte at a time, because what follows is for another reader.
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                return Optional.empty();
            }
            if (line.size() == most) {
                throw new IOException("a line of more than " + most + " bytes");
            }
            line.write(b);
        }
        return Optional.of(line.toByteArray());
    }

    /** Writes one line. */
    public void say(byte[] line) throws IOException {
        out().write(ended(line));
    }

    /** A line with its end, to be written as one. */
    public static byte[] ended(byte[] line) {
        byte[] whole = Arrays.copyOf(line, line.length + 1);
        whole[line.length] = '\n';
        return whole;
    }

    /** Closes the connection after a time, unless what is returned is closed before. */
    Limit closingAfter(Duration time) {
        Thread watch = Thread.ofPlatform().daemon().name("link-limit").start(() -> {
            try {
                Thread.sleep(time);
                close();
            } catch (InterruptedException inTime) {
                Thread.currentThread().interrupt();
            }
        });
        return watch::interrupt;
    }

    /** Watches over a time. */
    interface Limit extends AutoCloseable {
        @Override
        void close();
    }

    private static void quiet(IOException e) {
        System.getLogger(Link.class.getName()).log(System.Logger.Level.DEBUG, "A connection was closed", e);
    }
}
