package io.mcpserver.storage.lancedb.passages;

import io.mcpserver.storage.search.IndexedDocument;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The documents that were written since they were taken, as long as they are few. One thread at a time. */
final class RecentDocuments {

    private final int most;
    private Map<String, IndexedDocument> documents = new LinkedHashMap<>();
    private int passages;

    /** @param most passages that are kept */
    RecentDocuments(int most) {
        this.most = most;
    }

    /**
     * Adds some.
     *
     * @param written by key; empty for those that are no more
     * @param more passages that they have
     */
    void add(Map<String, Optional<IndexedDocument>> written, int more) {
        passages += more;
        if (passages > most) {
            documents.clear();
            return;
        }
        written.forEach((key, document) ->
                document.ifPresentOrElse(there -> documents.put(key, there), () -> documents.remove(key)));
    }

    /** All of them, which are forgotten; empty where they were too many. */
    Optional<Map<String, IndexedDocument>> take() {
        Optional<Map<String, IndexedDocument>> taken = passages > most ? Optional.empty() : Optional.of(documents);
        documents = new LinkedHashMap<>();
        passages = 0;
        return taken;
    }
}
