package io.mcpserver.storage;

import java.util.List;
import java.util.Map;

/**
 * All that a store holds at one instant, read while the store goes on writing: of what was written together, all is in
 * it or nothing.
 *
 * <p>Threads: one at a time. Closing: idempotent; it gives back what the engine keeps for the instant, so that none is
 * left open for long. When its store is closed, or opens its files anew, reading fails with {@code STORE_UNAVAILABLE}.
 */
public interface StoreSnapshot extends AutoCloseable {

    /** The sequence of the newest change in it. */
    long sequence();

    /** How many documents it has. */
    long documents();

    /** How many ids it has of which the document was deleted. */
    long deletedIds();

    /** The settings of all collections that have any. */
    Map<String, CollectionSettings> settings();

    /**
     * The next ids, each once, in any order; those whose document was deleted too.
     *
     * @param limit 1–10,000; large documents may make it fewer, but none only when there is none left
     */
    List<StoredDocument> next(int limit);

    @Override
    void close();
}
