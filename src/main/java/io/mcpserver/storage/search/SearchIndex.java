package io.mcpserver.storage.search;

import java.io.IOException;
import java.util.Collection;

/**
 * An index in one folder: documents in and out, durable only when {@link #commit}ted.
 *
 * <p>Threads: one that writes, one that commits, any number that read. Methods throw {@link IndexClosedException} once it
 * is closed, or a failure has closed it.
 */
public interface SearchIndex extends AutoCloseable {

    /** Replaces all that is known of one document. */
    void put(IndexedDocument document) throws IOException;

    /** @param keys of {@link DocumentKeys} */
    void remove(Collection<String> keys) throws IOException;

    /** Whether something was written since the last commit. */
    boolean isChanged();

    /** Makes durable what was written; all changes up to the sequence must have been. */
    void commit(long sequence) throws IOException;

    /**
     * Reads the index with all that was written before this call.
     *
     * @throws DamagedIndexException if its files are not what was written
     */
    <T> T read(Reading<T> reading) throws IOException, InterruptedException;

    /** Gives up what is not committed. */
    @Override
    void close() throws IOException;

    /** Something that is found out by reading. */
    @FunctionalInterface
    interface Reading<T> {
        T read(SearchView view) throws IOException;
    }
}
