package io.mcpserver.storage.search;

/**
 * A document that one side of a search found.
 *
 * @param passage number of the passage that matched best
 * @param score BM25 or cosine
 */
public record Match(String collection, String id, int passage, double score) {

    public String key() {
        return DocumentKeys.of(collection, id);
    }
}
