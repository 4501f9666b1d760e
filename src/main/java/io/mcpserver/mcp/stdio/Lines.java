package io.mcpserver.mcp.stdio;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;

/** Splits a stream of bytes into lines of bounded length. */
public final class Lines {

    /** One line. */
    public sealed interface Line {
        /** @param text without its end of line; the last line of a stream needs none */
        record Text(byte[] text) implements Line {}

        /** A line that was longer than allowed and was thrown away as it came. */
        record TooLong() implements Line {}
    }

    private final InputStream in;
    private final LongSupplier maxLength;
    private final byte[] buffer = new byte[64 * 1024];
    private int position;
    private int limit;
    private boolean whole;

    /** @param maxLength bytes of a line that begins now */
    public Lines(InputStream in, LongSupplier maxLength) {
        this.in = in;
        this.maxLength = maxLength;
    }

    /** Whether the last line had its end; {@code false} where the stream ended within it. */
    public boolean wasWhole() {
        return whole;
    }

    /** @return the next line; {@code null} at the end of the stream */
    public Line next() throws IOException {
        whole = false;
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        long longest = 0;
        boolean tooLong = false;
        boolean started = false;
        while (fill()) {
            longest = started ? longest : maxLength.getAsLong();
            started = true;
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            int length = end - position;
            tooLong |= line.size() + (long) length > longest;
            if (tooLong) {
                line.reset();
            } else {
                line.write(buffer, position, length);
            }
            position = end;
            if (end < limit) {
                position++;
                whole = true;
                return tooLong ? new Line.TooLong() : text(line);
            }
        }
        if (!started) {
            return null;
        }
        return tooLong ? new Line.TooLong() : text(line);
    }

    private boolean fill() throws IOException {
        if (position == limit) {
            position = 0;
            limit = Math.max(0, in.read(buffer));
        }
        return position < limit;
    }

    private static Line text(ByteArrayOutputStream line) {
        return new Line.Text(line.toByteArray());
    }
}
