package io.mcpserver.tool.declarative.exec;

import java.io.ByteArrayOutputStream;

/** The standard output of a program, up to a size. For one thread. */
final class CappedOutput implements PipeReader.Taker {

    private final int most;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private boolean exceeded;

    CappedOutput(int most) {
        this.most = most;
    }

    @Override
    public void take(byte[] chunk, int length) {
        exceeded |= length > most - kept.size();
        if (!exceeded) {
            kept.write(chunk, 0, length);
        }
    }

    boolean isExceeded() {
        return exceeded;
    }

    byte[] bytes() {
        return kept.toByteArray();
    }
}
