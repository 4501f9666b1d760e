package io.mcpserver.tool.declarative.exec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** The standard output of a program, up to a size; one thread reads while others ask. */
final class CappedOutput {

    private static final int CHUNK = 16_384;

    private final int most;
    private final Runnable exceeding;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private volatile boolean exceeded;

    /** @param exceeding run once, when there is more */
    CappedOutput(int most, Runnable exceeding) {
        this.most = most;
        this.exceeding = exceeding;
    }

    void read(InputStream stream) {
        byte[] chunk = new byte[CHUNK];
        try (stream) {
            for (int n = stream.read(chunk); n >= 0; n = stream.read(chunk)) {
                if (n > most - kept.size()) {
                    exceeded = true;
                    exceeding.run();
                    return;
                }
                kept.write(chunk, 0, n);
            }
        } catch (IOException e) {
            System.getLogger(CappedOutput.class.getName()).log(System.Logger.Level.DEBUG, "reading of a program", e);
        }
    }

    boolean isExceeded() {
        return exceeded;
    }

    byte[] bytes() {
        return kept.toByteArray();
    }
}
