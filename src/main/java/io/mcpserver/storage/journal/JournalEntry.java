package io.mcpserver.storage.journal;

import io.mcpserver.storage.Change;
import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.Document;
import io.mcpserver.storage.StoredDocument;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One effect of a write, decided: applying it twice does what applying it once does. */
public sealed interface JournalEntry {

    String collection();

    /** What listeners hear; empty for what is no change of a document. */
    Optional<Change> change();

    /** What a store holds of a document after it; empty for what is no change of a document. */
    default Optional<StoredDocument> stored() {
        return change().map(change -> change.document()
                .map(document -> StoredDocument.of(collection(), document))
                .orElseThrow());
    }

    /**
     * A document that was inserted or replaced.
     *
     * @param sequence of the change
     * @param content of the document as JSON, as {@code DocumentJson} writes it
     * @param vectors as they came with the save
     */
    record Save(long sequence, String collection, Document document, String content, List<float[]> vectors)
            implements JournalEntry {

        @Override
        public Optional<Change> change() {
            return Optional.of(new Change(sequence, collection, document.id(), Optional.of(document), vectors));
        }
    }

    /**
     * A document that was deleted; what is left of it is what keeps its version from being used again.
     *
     * @param sequence of the change
     * @param version of the document when it was deleted
     * @param created of the document
     * @param updated when it was deleted
     */
    record Delete(long sequence, String collection, String id, long version, Instant created, Instant updated)
            implements JournalEntry {

        @Override
        public Optional<Change> change() {
            return Optional.of(new Change(sequence, collection, id, Optional.empty(), List.of()));
        }

        @Override
        public Optional<StoredDocument> stored() {
            return Optional.of(new StoredDocument(collection, id, version, created, updated, Optional.empty()));
        }
    }

    /** Settings of a collection that replace those before. */
    record Configure(String collection, CollectionSettings settings) implements JournalEntry {

        @Override
        public Optional<Change> change() {
            return Optional.empty();
        }
    }
}
