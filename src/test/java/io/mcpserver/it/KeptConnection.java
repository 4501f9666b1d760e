package io.mcpserver.it;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One HTTP/1.1 connection that sends any bytes and reads answer after answer, strictly. Not for several
 * threads.
 */
final class KeptConnection implements AutoCloseable {

    /**
     * One answer; header names in lower case.
     *
     * @param whole {@code false} for an event stream that was left before its end
     * @param last whether the server said that it closes the connection, or closed it
     */
    record Answer(int status, Map<String, String> headers, byte[] body, boolean whole, boolean last) {

        String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** An answer that is no HTTP, or ends in the middle. */
    static final class BadAnswerException extends IOException {
        BadAnswerException(String message) {
            super(message);
        }
    }

    /** How long a stream may be silent before it counts as one that stays open. */
    private static final Duration SILENCE = Duration.ofMillis(10);

    private static final int LONGEST_LINE = 1 << 20;

    private final Socket socket = new Socket();
    private final int patience;
    private InputStream in;
    private OutputStream out;

    /** @param patience that an answer may take; after it reading fails with {@link SocketTimeoutException} */
    KeptConnection(int port, Duration patience) throws IOException {
        this.patience = (int) patience.toMillis();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(this.patience);
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        in = new BufferedInputStream(socket.getInputStream(), 1 << 14);
        out = socket.getOutputStream();
    }

    KeptConnection send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
        return this;
    }

    KeptConnection send(String latin) throws IOException {
        return send(latin.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Says that nothing more will be sent. */
    void finish() throws IOException {
        socket.shutdownOutput();
    }

    /** Closes without saying so: what was not read yet is lost for both. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** One byte, or -1 at the end. */
    int read() throws IOException {
        return in.read();
    }

    /**
     * Reads the next answer; interim ones are passed over.
     *
     * @param headOnly whether it has no body whatever its length says
     * @throws EOFException where the server closed the connection instead
     */
    Answer answer(boolean headOnly) throws IOException {
        Answer answer = oneAnswer(headOnly);
        return answer.status() >= 200 || answer.status() == 101 ? answer : answer(headOnly);
    }

    private Answer oneAnswer(boolean headOnly) throws IOException {
        String first = line();
        if (first == null) {
            throw new EOFException();
        }
        if (!first.matches("HTTP/1\\.\\d [1-5]\\d\\d( .*)?")) {
            throw new BadAnswerException("This is no status line: " + first);
        }
        int status = Integer.parseInt(first.substring(9, 12));
        Map<String, String> headers = headers();
        boolean closes = "close".equalsIgnoreCase(headers.get("connection"))
                || first.startsWith("HTTP/1.0") && !"keep-alive".equalsIgnoreCase(headers.get("connection"));
        boolean empty = headOnly || status < 200 || status == 204 || status == 304;
        boolean events = headers.getOrDefault("content-type", "").startsWith("text/event-stream");
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        boolean whole = true;
        if (empty) {
            return new Answer(status, headers, new byte[0], true, closes);
        } else if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            whole = chunks(body, events);
        } else if (headers.containsKey("content-length")) {
            body.writeBytes(exactly(Integer.parseInt(headers.get("content-length"))));
        } else if (events) {
            // To a client of HTTP/1.0, where only the end of the connection ends the stream.
            while (hasMoreWithin(SILENCE)) {
                body.write(in.read());
            }
            whole = false;
        } else {
            in.transferTo(body);
            closes = true;
        }
        return new Answer(status, headers, body.toByteArray(), whole, closes || !whole);
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !"".equals(line); line = line()) {
            int colon = line == null ? -1 : line.indexOf(':');
            if (colon < 1) {
                throw new BadAnswerException("This is no header: " + line);
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    /** Reads chunks to the last; {@code false} where it is an event stream that says nothing more for a while. */
    private boolean chunks(ByteArrayOutputStream body, boolean events) throws IOException {
        while (true) {
            if (events && !hasMoreWithin(SILENCE)) {
                return false;
            }
            String length = line();
            if (length == null || !length.matches("[0-9a-fA-F]{1,7}(;.*)?")) {
                throw new BadAnswerException("This is no length of a chunk: " + length);
            }
            int size = Integer.parseInt(length.split(";")[0], 16);
            body.writeBytes(exactly(size));
            if (!"".equals(line())) {
                throw new BadAnswerException("A chunk is longer than it says");
            }
            if (size == 0) {
                return true;
            }
        }
    }

    private boolean hasMoreWithin(Duration time) throws IOException {
        socket.setSoTimeout((int) time.toMillis());
        try {
            in.mark(1);
            boolean more = in.read() >= 0;
            in.reset();
            return more;
        } catch (SocketTimeoutException silent) {
            return false;
        } finally {
            socket.setSoTimeout(patience);
        }
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new BadAnswerException("The answer ended after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    /** Without its end; {@code null} where the connection ends before it. */
    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                if (line.size() > 0) {
                    throw new BadAnswerException("The answer ended in the line " + line);
                }
                return null;
            }
            if (line.size() > LONGEST_LINE) {
                throw new BadAnswerException("A line of the answer never ends");
            }
            line.write(next);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
