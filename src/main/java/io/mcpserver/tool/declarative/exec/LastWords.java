package io.mcpserver.tool.declarative.exec;

import java.nio.charset.StandardCharsets;

/** The end of what a program says on its standard error; all before it is read and forgotten. For one thread. */
final class LastWords implements PipeReader.Taker {

    private static final int KEPT = 2_048;

    private final byte[] ring = new byte[KEPT];
    private long written;

    @Override
    public void take(byte[] chunk, int length) {
        for (int i = 0; i < length; i++) {
            ring[(int) (written++ % KEPT)] = chunk[i];
        }
    }

    /** One line, without control characters. */
    String text() {
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
