package io.mcpserver.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/**
 * One id as a store holds it, to be taken over by another store.
 *
 * @param version of the document, or the last one that a deleted id had
 * @param created microsecond precision
 * @param updated when this version was saved, or when the id was deleted; microsecond precision
 * @param content empty when the id was deleted; callers do not change it
 */
public record StoredDocument(
        String collection, String id, long version, Instant created, Instant updated, Optional<ObjectNode> content) {

    /** What a store holds of a document that is there. */
    public static StoredDocument of(String collection, Document document) {
        return new StoredDocument(
                collection,
                document.id(),
                document.version(),
                document.created(),
                document.updated(),
                Optional.of(document.content()));
    }

    public boolean deleted() {
        return content.isEmpty();
    }
}
