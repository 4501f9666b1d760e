package io.mcpserver.data.lines;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** A checksum of lines in any order: two that are equal have the same lines, each as often. Not for several threads. */
public final class LineSum {

    private static final int LANES = 4;

    private final MessageDigest digest;
    private final long[] sums = new long[LANES];
    private long lines;

    public LineSum() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    public void add(String line) {
        ByteBuffer hash = ByteBuffer.wrap(digest.digest(line.getBytes(StandardCharsets.UTF_8)));
        for (int lane = 0; lane < LANES; lane++) {
            sums[lane] += hash.getLong();
        }
        lines++;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LineSum sum && sum.lines == lines && Arrays.equals(sum.sums, sums);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sums);
    }
}
