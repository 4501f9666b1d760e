package io.mcpserver.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalLong;

/**
 * A document on its way into a store.
 *
 * @param id 1–256 characters
 * @param content a JSON object; not changed after the call
 * @param expectedVersion the version that must be current; 0 means that the id must not exist; empty
 *     means whatever is there is replaced
 * @param vectors one vector for each passage of the content (see {@code Passages}), in their order;
 *     empty when the collection has no embedding model. An engine that stores vectors keeps them, any
 *     other hands them on to its {@link ChangeListener}.
 */
public record DocumentToSave(String id, ObjectNode content, OptionalLong expectedVersion, List<float[]> vectors) {

    public DocumentToSave(String id, ObjectNode content) {
        this(id, content, OptionalLong.empty(), List.of());
    }

    public DocumentToSave withVectors(List<float[]> vectors) {
        return new DocumentToSave(id, content, expectedVersion, vectors);
    }
}
