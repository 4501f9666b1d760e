package io.mcpserver.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What holds of every store, whatever was done to it before. */
public final class StoreSoundness {

    private StoreSoundness() {}

    /**
     * Requires that each id is there once, and that the ways to read agree with one another.
     *
     * @param collection the only one with documents
     * @return the ids that were deleted
     */
    public static Set<String> require(DocumentStore store, String collection) {
        Map<String, Document> live = new HashMap<>();
        Set<String> seen = new HashSet<>();
        long after = 0;
        for (List<Change> some = store.changes(0, 100); !some.isEmpty(); some = store.changes(after, 100)) {
            for (Change change : some) {
                assertThat(change.sequence()).isGreaterThan(after);
                after = change.sequence();
                assertThat(seen.add(change.id()))
                        .as("%s is there once", change.id())
                        .isTrue();
                change.document().ifPresent(document -> live.put(document.id(), document));
            }
        }
        assertThat(after).isEqualTo(store.sequence());
        List<Document> documents = all(store, collection);
        assertThat(documents).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(live.values());
        assertThat(store.count(collection, Filter.ALL)).isEqualTo(documents.size());
        seen.removeAll(live.keySet());
        return seen;
    }

    private static List<Document> all(DocumentStore store, String collection) {
        List<Document> documents = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Query.Page page = store.query(new Query(collection, Filter.ALL, List.of(), 1_000, cursor));
            documents.addAll(page.documents());
            cursor = page.nextCursor();
        } while (cursor.isPresent());
        return documents;
    }
}
