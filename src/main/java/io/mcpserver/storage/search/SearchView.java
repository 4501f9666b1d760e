package io.mcpserver.storage.search;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;

/** An index as it was at one moment. */
public interface SearchView {

    /** How many keys a restriction may have before it is quicker to look at more passages and to leave some out. */
    int mostKeys();

    /**
     * The documents among the best passages by words; their scores are BM25.
     *
     * @param passages how many are looked at
     */
    Window words(WordQuery words, Restriction restriction, int passages) throws IOException;

    /** The documents among the passages that are nearest in meaning; their scores are cosines. */
    Window meaning(float[] vector, Restriction restriction, int passages) throws IOException;

    /** How many passages wait for their vectors. */
    int pending() throws IOException;

    /**
     * Versions by key of some documents that wait for their vectors.
     *
     * @param passages of which they are, at most
     */
    Map<String, Long> somePending(int passages) throws IOException;

    /** The versions of the documents with these keys, as far as the index knows them. */
    Map<String, Long> versions(Collection<String> keys) throws IOException;

    /** The versions of all documents by key. */
    Map<String, Long> versions() throws IOException;
}
