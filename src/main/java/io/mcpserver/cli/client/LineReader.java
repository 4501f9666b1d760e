package io.mcpserver.cli.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads UTF-8 lines of a bounded length, which end with a line feed, a carriage return before it left away. */
final class LineReader {

    private static final int MOST_BYTES = 64 << 20;

    private final InputStream in;

    LineReader(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /** The next line; empty at the end. */
    Optional<String> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return line.size() == 0 ? Optional.empty() : Optional.of(text(line));
            }
            if (line.size() == MOST_BYTES) {
                throw new IOException("it sends a line of more than " + (MOST_BYTES >> 20) + " MiB");
            }
            line.write(next);
        }
        return Optional.of(text(line));
    }

    private static String text(ByteArrayOutputStream line) {
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
