package io.mcpserver.storage.journal;

import io.mcpserver.storage.DocumentJson;
import io.mcpserver.storage.DocumentRules;
import io.mcpserver.storage.Saved;
import io.mcpserver.storage.StoredDocument;
import java.util.ArrayList;
import java.util.List;

/**
 * Documents that are taken over from another store.
 *
 * @param contents the JSON of each document; empty for an id that was deleted
 */
record Adoption(
        List<StoredDocument> documents, List<String> contents, List<DocumentKey> keys, long bytes, boolean replace)
        implements JournalWrite<List<Saved>> {

    /** Serialises on the caller's thread, so that the writer does not have to. */
    static Adoption of(List<StoredDocument> given, boolean replace) {
        List<StoredDocument> documents = new ArrayList<>(given.size());
        List<String> contents = new ArrayList<>(given.size());
        long bytes = 0;
        for (StoredDocument one : given) {
            String text = one.content()
                    .map(content -> DocumentJson.write(one.id(), content))
                    .orElse("");
            bytes += DocumentJson.size(text);
            contents.add(text);
            // What is kept is what a restart would read: the caller's numbers may be of other classes.
            documents.add(new StoredDocument(
                    one.collection(),
                    one.id(),
                    one.version(),
                    one.created(),
                    one.updated(),
                    one.content().map(content -> DocumentJson.read(text))));
        }
        DocumentRules.checkBatchBytes(bytes);
        List<DocumentKey> keys = documents.stream()
                .map(one -> new DocumentKey(one.collection(), one.id()))
                .toList();
        return new Adoption(documents, contents, keys, bytes, replace);
    }

    @Override
    public List<Saved> in(Decision decision) {
        List<Saved> taken = new ArrayList<>(documents.size());
        for (int i = 0; i < documents.size(); i++) {
            decision.adopt(documents.get(i), contents.get(i), replace).ifPresent(taken::add);
        }
        return taken;
    }
}
