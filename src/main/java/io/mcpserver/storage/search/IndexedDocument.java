package io.mcpserver.storage.search;

import java.util.List;

/**
 * What an index knows of one document.
 *
 * @param passages the texts by which it is found; none where it has no text
 * @param vectors of unit length, one for each passage, or none
 * @param pending whether vectors are to be added later
 */
public record IndexedDocument(
        String collection, String id, long version, List<String> passages, List<float[]> vectors, boolean pending) {

    public String key() {
        return DocumentKeys.of(collection, id);
    }
}
