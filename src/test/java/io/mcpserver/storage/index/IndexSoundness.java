package io.mcpserver.storage.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.storage.Change;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.StorageFault;
import io.mcpserver.storage.search.DocumentKeys;
import io.mcpserver.storage.service.TimedStore;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What holds of every index beside a store, whatever was done to it before. */
public final class IndexSoundness {

    private IndexSoundness() {}

    /** Requires that the index holds what the record holds: nothing less, nothing more, in the same versions. */
    public static void require(DocumentStore store) {
        Map<String, Long> recorded = new HashMap<>();
        long after = 0;
        for (List<Change> some = store.changes(0, 100); !some.isEmpty(); some = store.changes(after, 100)) {
            some.forEach(change -> change.document()
                    .ifPresent(document ->
                            recorded.put(DocumentKeys.of(change.collection(), change.id()), document.version())));
            after = some.getLast().sequence();
        }
        try {
            IndexedStore indexed = (IndexedStore) ((TimedStore) store).inner();
            assertThat(indexed.indexed()).isEqualTo(recorded);
        } catch (IOException e) {
            throw StorageFault.of("The search index cannot be read", e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
