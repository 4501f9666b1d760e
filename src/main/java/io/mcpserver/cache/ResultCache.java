package io.mcpserver.cache;

import java.time.Duration;
import java.util.Collection;
import java.util.OptionalLong;

/**
 * Results that are kept for a while, each void as soon as a collection changed that it was made from.
 *
 * <p>Threads: safe for any number of callers. Nothing blocks for longer than a tenth of a second. Durability: none; what
 * is kept may be gone at any time. Closing: idempotent; later look-ups throw {@link CacheUnavailableException}. Every back
 * end passes {@code ResultCacheContract}.
 */
public interface ResultCache extends AutoCloseable {

    /** The most bytes of one value; a larger one is not kept. */
    int MOST_VALUE_BYTES = 1 << 20;

    /**
     * Looks for what is kept under a key. A value that was altered, cut or kept for another key is not found.
     *
     * @throws CacheUnavailableException if nobody can tell now
     */
    Lookup find(CacheKey key) throws CacheUnavailableException;

    /**
     * Keeps a value, in place of an earlier one. Does nothing where the value has more than {@link #MOST_VALUE_BYTES} or
     * a collection of the key changed since the look-up.
     *
     * @param state of the look-up that came before the value was made
     * @param ttl until the value is gone, a millisecond or more
     * @throws CacheUnavailableException if it could not be kept
     */
    void keep(CacheKey key, String state, byte[] value, Duration ttl) throws CacheUnavailableException;

    /**
     * Makes void what was made from these collections: at once for callers of this process; for those of others as soon
     * as they can be told, which is tried until it succeeds. Does not block, and never throws.
     */
    void changed(Collection<String> collections);

    /** How many values are kept; empty where that is not known here. */
    OptionalLong size();

    /** How many values left because of age or want of room. */
    long evictions();

    @Override
    void close();
}
