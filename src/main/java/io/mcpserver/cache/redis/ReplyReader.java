package io.mcpserver.cache.redis;

import io.mcpserver.cache.ResultCache;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads replies of the protocol RESP2, and takes memory for none that is larger than any that was asked for.
 *
 * <p>Threads: one at a time.
 */
final class ReplyReader {

    /** The longest text: a value and what is around it. */
    static final int MOST_BYTES = ResultCache.MOST_VALUE_BYTES + 1_024;

    private static final int MOST_ITEMS = 1_000;
    private static final int MOST_LINE = 1_000;

    private final InputStream in;

    ReplyReader(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /** @throws IOException if the connection ends, or what comes is no reply or too large a one */
    Reply read() throws IOException {
        return read(true);
    }

    private Reply read(boolean mayBeItems) throws IOException {
        int kind = in.read();
        if (kind < 0) {
            throw new EOFException("it closed the connection");
        }
        String line = line();
        return switch (kind) {
            case '+' -> new Reply.Text(line.getBytes(StandardCharsets.UTF_8));
            case '-' -> new Reply.Refusal(line);
            case ':' -> new Reply.Number(number(line));
            case '$' -> text(number(line));
            case '*' -> items(number(line), mayBeItems);
            default -> throw new IOException("it does not speak as Redis does");
        };
    }

    private Reply text(long length) throws IOException {
        if (length == -1) {
            return new Reply.Nothing();
        }
        if (length < 0 || length > MOST_BYTES) {
            throw new IOException("it answers with more bytes than were asked for");
        }
        byte[] bytes = in.readNBytes((int) length);
        if (bytes.length < length || in.read() != '\r' || in.read() != '\n') {
            throw new EOFException("it closed the connection in the middle of an answer");
        }
        return new Reply.Text(bytes);
    }

    private Reply items(long count, boolean allowed) throws IOException {
        if (!allowed || count < 0 || count > MOST_ITEMS) {
            throw new IOException("it answers with more items than were asked for");
        }
        List<Reply> items = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            items.add(read(false));
        }
        return new Reply.Items(items);
    }

    private static long number(String line) throws IOException {
        try {
            return Long.parseLong(line);
        } catch (NumberFormatException e) {
            throw new IOException("it does not speak as Redis does");
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\r'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("it closed the connection in the middle of an answer");
            }
            if (line.length() == MOST_LINE) {
                throw new IOException("it answers with a line that is too long");
            }
            line.append((char) next);
        }
        if (in.read() != '\n') {
            throw new IOException("it does not speak as Redis does");
        }
        return line.toString();
    }
}
