package io.mcpserver.storage.index;

/**
 * A document that one side of a search found.
 *
 * @param passage number of the passage that matched best
 * @param score BM25 or cosine
 */
record Match(String collection, String id, int passage, double score) {

    String key() {
        return Fields.key(collection, id);
    }
}
