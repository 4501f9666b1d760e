package io.mcpserver.it.hostile;

import java.util.List;
import java.util.Random;

/** The dice of one generator: the same seed throws the same. Not for several threads. */
public final class Chance {

    private final Random random;

    public Chance(long seed) {
        random = new Random(seed);
    }

    /** True once in {@code n} times. */
    public boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    /** From 0 to {@code bound}, without {@code bound}. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    public <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
