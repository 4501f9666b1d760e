package io.mcpserver.storage;

import java.util.List;
import java.util.Map;

/**
 * Reads the files of a store row by row, and goes on where one is damaged. Owns the data directory as an open store does.
 *
 * <p>Threads: one at a time. Closing: idempotent.
 */
public interface StoreSalvage extends AutoCloseable {

    /** What was found in one place. */
    sealed interface Found {

        /** A document, or a deleted id, as it should be. */
        record Good(StoredDocument document) implements Found {}

        /**
         * One that can be read, and of which something was wrong that is put right here.
         *
         * @param why without a subject, such as {@code was updated before it was created}
         */
        record Mended(StoredDocument document, String why) implements Found {}

        /**
         * One that cannot be read, or must not be used.
         *
         * @param where such as {@code notes/a} or {@code row 17}
         * @param why without a subject, such as {@code is no JSON}
         * @param rest what is left of it; may be empty
         */
        record Lost(String where, String why, String rest) implements Found {}
    }

    /** What is wrong with the store as a whole, each a sentence; something may be missing for it. */
    List<String> faults();

    /** What is wrong with what is derived, or is there a second time: each a sentence, and nothing is lost by it. */
    default List<String> derivedFaults() {
        return List.of();
    }

    /** The settings of collections, as far as they can be read. */
    Map<String, CollectionSettings> settings();

    /** The next things that were found; empty after the last. */
    List<Found> next();

    @Override
    void close();
}
