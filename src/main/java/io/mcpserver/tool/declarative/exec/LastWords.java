package io.mcpserver.tool.declarative.exec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The end of what a program says on its standard error; all before it is read and forgotten. */
final class LastWords {

    private static final int KEPT = 2_048;

    private final byte[] ring = new byte[KEPT];
    private long written;

    void read(InputStream stream) {
        byte[] chunk = new byte[KEPT];
        try (stream) {
            for (int n = stream.read(chunk); n >= 0; n = stream.read(chunk)) {
                keep(chunk, n);
            }
        } catch (IOException e) {
            System.getLogger(LastWords.class.getName()).log(System.Logger.Level.DEBUG, "reading of a program", e);
        }
    }

    private synchronized void keep(byte[] chunk, int length) {
        for (int i = 0; i < length; i++) {
            ring[(int) (written++ % KEPT)] = chunk[i];
        }
    }

    /** One line, without control characters. */
    synchronized String text() {
        int length = (int) Math.min(written, KEPT);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = ring[(int) ((written - length + i) % KEPT)];
        }
        return new String(bytes, StandardCharsets.UTF_8)
                .strip()
                .replaceAll("\\R", " | ")
                .replaceAll("\\p{Cntrl}", " ");
    }
}
