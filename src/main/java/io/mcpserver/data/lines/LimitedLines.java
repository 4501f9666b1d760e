package io.mcpserver.data.lines;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The lines of a stream of UTF-8, each at most so long as it is worth reading. Not for several threads.
 *
 * <p>{@link #number} and {@link #bytes} say where it is.
 */
public final class LimitedLines {

    private static final int LONGEST_BYTES = 4 * StoreLineText.LONGEST;
    private static final int BUFFER = 64 * 1024;

    private final InputStream in;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long number;
    private long bytes;

    public LimitedLines(InputStream in) {
        this.in = new BufferedInputStream(in, BUFFER);
    }

    /**
     * The next line, without its end; empty at the end of the stream.
     *
     * @throws BadLineException if it is too long or no UTF-8; the line after it can be read
     */
    public Optional<String> next() throws IOException, BadLineException {
        line.reset();
        boolean any = false;
        boolean tooLong = false;
        int read = in.read();
        while (read >= 0 && read != '\n') {
            any = true;
            tooLong |= line.size() >= LONGEST_BYTES;
            if (!tooLong) {
                line.write(read);
            }
            bytes++;
            read = in.read();
        }
        if (read < 0 && !any) {
            return Optional.empty();
        }
        bytes++;
        number++;
        if (tooLong) {
            throw new BadLineException("is longer than " + LONGEST_BYTES + " bytes");
        }
        return Optional.of(text());
    }

    /** Of the line that was read last, counted from 1. */
    public long number() {
        return number;
    }

    /** How many bytes were read. */
    public long bytes() {
        return bytes;
    }

    private String text() throws BadLineException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line.toByteArray()))
                    .toString();
            return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        } catch (CharacterCodingException e) {
            throw new BadLineException("is no UTF-8");
        }
    }
}
