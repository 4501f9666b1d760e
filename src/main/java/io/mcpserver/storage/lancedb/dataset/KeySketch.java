package io.mcpserver.storage.lancedb.dataset;

/**
 * Which keys are surely not in the dataset, in two bytes a key: most saves are of new ids, and those need not look. It
 * never forgets a key; the more keys it has seen beyond what it was made for, the more often it knows nothing. One thread.
 */
public final class KeySketch {

    private static final int BITS_A_KEY = 16;
    private static final int HASHES = 4;
    private static final long LEAST_BITS = 1L << 20;
    private static final long MOST_BITS = 1L << 30;

    private final long[] words;
    private final long mask;

    /** @param keys that are expected */
    public KeySketch(long keys) {
        long wanted = Math.clamp(keys * BITS_A_KEY, LEAST_BITS, MOST_BITS);
        long bits = Long.highestOneBit(wanted - 1) << 1;
        words = new long[(int) (bits >> 6)];
        mask = bits - 1;
    }

    public void add(String key) {
        long hash = KeyHash.of(key);
        for (int i = 0; i < HASHES; i++) {
            long bit = bit(hash, i);
            words[(int) (bit >> 6)] |= 1L << bit;
        }
    }

    /** False only for a key that was never added. */
    public boolean mayHave(String key) {
        long hash = KeyHash.of(key);
        for (int i = 0; i < HASHES; i++) {
            long bit = bit(hash, i);
            if ((words[(int) (bit >> 6)] & 1L << bit) == 0) {
                return false;
            }
        }
        return true;
    }

    private long bit(long hash, int number) {
        return (hash + number * (hash >>> 32 | 1)) & mask;
    }
}
