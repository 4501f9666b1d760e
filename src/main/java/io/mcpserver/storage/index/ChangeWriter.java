package io.mcpserver.storage.index;

import io.mcpserver.storage.Change;
import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.Document;
import io.mcpserver.storage.Passages;
import io.mcpserver.storage.search.DocumentKeys;
import io.mcpserver.storage.search.IndexedDocument;
import io.mcpserver.storage.search.SearchIndex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes changes into an index, and vectors that are made later. One writes at a time. */
final class ChangeWriter {

    private final SettingsCache settings;
    private final Meaning meaning;
    private final Runnable vectorsMissing;

    /** @param vectorsMissing told when a document went in that still has to be embedded */
    ChangeWriter(SettingsCache settings, Meaning meaning, Runnable vectorsMissing) {
        this.settings = settings;
        this.meaning = meaning;
        this.vectorsMissing = vectorsMissing;
    }

    /** Writes changes in their order; of several to one id only the newest. */
    synchronized void write(SearchIndex index, List<Change> changes) throws IOException {
        Map<String, Change> newest = new LinkedHashMap<>();
        changes.forEach(change -> newest.put(DocumentKeys.of(change.collection(), change.id()), change));
        List<String> removed = new ArrayList<>();
        boolean missing = false;
        for (Map.Entry<String, Change> entry : newest.entrySet()) {
            Change change = entry.getValue();
            if (change.document().isPresent()) {
                missing |= put(index, change, change.document().get());
            } else {
                removed.add(entry.getKey());
            }
        }
        if (!removed.isEmpty()) {
            index.remove(removed);
        }
        if (missing) {
            vectorsMissing.run();
        }
    }

    /** Says whether vectors are missing. */
    private boolean put(SearchIndex index, Change change, Document document) throws IOException {
        CollectionSettings rules = settings.of(change.collection());
        List<String> texts = Passages.of(rules, document.content()).texts();
        boolean wanted = !texts.isEmpty() && meaning.appliesTo(rules);
        boolean complete = wanted && change.vectors().size() == texts.size();
        List<float[]> vectors = complete ? change.vectors() : List.of();
        boolean missing = wanted && !complete;
        index.put(new IndexedDocument(change.collection(), document.id(), document.version(), texts, vectors, missing));
        return missing;
    }

    /** Puts documents that the index has in the same version again, with their vectors; says how many. */
    synchronized int addVectors(SearchIndex index, List<Embedded> documents) throws IOException, InterruptedException {
        List<String> keys = documents.stream().map(Embedded::key).toList();
        Map<String, Long> known = index.read(view -> view.versions(keys));
        int done = 0;
        for (Embedded one : documents) {
            Long version = known.get(one.key());
            if (version != null && version == one.document().version()) {
                index.put(new IndexedDocument(
                        one.collection(), one.document().id(), version, one.texts(), one.vectors(), false));
                done++;
            }
        }
        return done;
    }

    /** A document whose vectors were made after it came into the index; no vectors if it shall have none. */
    record Embedded(String collection, Document document, List<String> texts, List<float[]> vectors) {

        String key() {
            return DocumentKeys.of(collection, document.id());
        }
    }
}
