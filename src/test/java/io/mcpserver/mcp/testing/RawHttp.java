package io.mcpserver.mcp.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;

/**
 * HTTP/1.1 as the test writes it, so that no client corrects a header or refuses to send one; to an {@code https}
 * address with the default {@link javax.net.ssl.SSLContext}.
 */
public final class RawHttp {

    /** An answer; header names in lower case. */
    public record Reply(int status, Map<String, String> headers, String body) {
        public String header(String name) {
            return headers.get(name.toLowerCase(Locale.ROOT));
        }
    }

    private final URI server;
    private final String method;
    private final String path;
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final List<String> extra = new ArrayList<>();
    private byte[] body = {};

    private RawHttp(URI server, String method, String path) {
        this.server = server;
        this.method = method;
        this.path = path;
        headers.put("Host", "localhost:" + server.getPort());
        headers.put("Connection", "close");
    }

    public static RawHttp get(URI server, String path) {
        return new RawHttp(server, "GET", path);
    }

    public static RawHttp method(URI server, String method, String path) {
        return new RawHttp(server, method, path);
    }

    /** A post of JSON with the headers that a proper client sends. */
    public static RawHttp post(URI server, String path, String body) {
        return new RawHttp(server, "POST", path)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .body(body.getBytes(StandardCharsets.UTF_8));
    }

    /** Sets a header; null leaves it out. */
    public RawHttp header(String name, String value) {
        if (value == null) {
            headers.remove(name);
        } else {
            headers.put(name, value);
        }
        return this;
    }

    /** Adds a line to the head as it is. */
    public RawHttp line(String line) {
        extra.add(line);
        return this;
    }

    public RawHttp body(byte[] bytes) {
        body = bytes;
        headers.put("Content-Length", Integer.toString(bytes.length));
        return this;
    }

    /** Sends the request and reads to the end of the connection. */
    public Reply send() {
        try (Socket socket = open()) {
            return parse(readAll(socket.getInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends the request and leaves the answer to be read. */
    public Socket open() throws IOException {
        Socket socket = "https".equals(server.getScheme())
                ? tls().createSocket(server.getHost(), server.getPort())
                : new Socket(server.getHost(), server.getPort());
        socket.setSoTimeout(20_000);
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        extra.forEach(line -> head.append(line).append("\r\n"));
        OutputStream out = socket.getOutputStream();
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        try {
            out.write(body);
            out.flush();
        } catch (SocketException answeredEarly) {
            // A server may answer before it has read a body that is too long.
        }
        return socket;
    }

    private static SSLSocketFactory tls() throws IOException {
        try {
            // Not the factory's own default, which is made once and outlives a change of the context.
            return SSLContext.getDefault().getSocketFactory();
        } catch (NoSuchAlgorithmException e) {
            throw new IOException(e);
        }
    }

    private static byte[] readAll(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            in.transferTo(all);
        } catch (SocketException reset) {
            // What came before the reset is the answer.
        }
        return all.toByteArray();
    }

    private static Reply parse(byte[] answer) throws IOException {
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new IOException("No answer: " + text);
        }
        String[] head = text.substring(0, end).split("\r\n");
        Map<String, String> headers = new TreeMap<>();
        for (String line : Arrays.asList(head).subList(1, head.length)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).trim());
        }
        byte[] body = Arrays.copyOfRange(answer, end + 4, answer.length);
        byte[] plain = "chunked".equals(headers.get("transfer-encoding")) ? dechunk(body) : body;
        return new Reply(Integer.parseInt(head[0].split(" ")[1]), headers, new String(plain, StandardCharsets.UTF_8));
    }

    private static byte[] dechunk(byte[] body) {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        String text = new String(body, StandardCharsets.ISO_8859_1);
        int position = 0;
        while (position < text.length()) {
            int lineEnd = text.indexOf("\r\n", position);
            int length = Integer.parseInt(text.substring(position, lineEnd), 16);
            plain.write(body, lineEnd + 2, length);
            position = lineEnd + 2 + length + 2;
            if (length == 0) {
                break;
            }
        }
        return plain.toByteArray();
    }
}
