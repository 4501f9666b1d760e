package io.mcpserver.tool.declarative.exec;

import java.io.IOException;
import java.io.InputStream;

/**
 * Reads what a program has written, and never waits for more: a pipe that a process holds open which escaped from being
 * ended would keep a thread for good. For one thread.
 */
final class PipeReader {

    private static final int CHUNK = 16_384;

    /** At one time; more than a pipe holds. */
    private static final int MOST_CHUNKS = 128;

    private final InputStream pipe;
    private final Taker taker;
    private final byte[] chunk = new byte[CHUNK];

    /** To whom what was read is given. */
    interface Taker {

        void take(byte[] chunk, int length);
    }

    PipeReader(InputStream pipe, Taker taker) {
        this.pipe = pipe;
        this.taker = taker;
    }

    /** Reads what is there; whether something was. */
    boolean read() {
        int chunks = 0;
        try {
            for (int ready = pipe.available(); ready > 0 && chunks < MOST_CHUNKS; ready = pipe.available()) {
                int length = pipe.read(chunk, 0, Math.min(ready, CHUNK));
                if (length <= 0) {
                    break;
                }
                taker.take(chunk, length);
                chunks++;
            }
        } catch (IOException e) {
            System.getLogger(PipeReader.class.getName()).log(System.Logger.Level.DEBUG, "reading of a program", e);
        }
        return chunks > 0;
    }
}
