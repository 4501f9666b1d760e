package io.mcpserver.storage.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.storage.Change;
import io.mcpserver.storage.CrashContract;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.StoreOpener;
import io.mcpserver.storage.service.TimedStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** After a crash the index holds what the record holds: nothing less, nothing more, in the same versions. */
class IndexedStoreCrashTest extends CrashContract {

    public static final class Opener implements StoreOpener {
        @Override
        public DocumentStore open(Path directory) {
            return Shelf.open(directory, Shelf.NO_MODEL).store();
        }
    }

    @Override
    protected Class<? extends StoreOpener> opener() {
        return Opener.class;
    }

    @Override
    protected void check(DocumentStore store, String collection) {
        Map<String, Long> recorded = new HashMap<>();
        long after = 0;
        for (List<Change> some = store.changes(0, 100); !some.isEmpty(); some = store.changes(after, 100)) {
            some.forEach(change -> change.document()
                    .ifPresent(document ->
                            recorded.put(Fields.key(change.collection(), change.id()), document.version())));
            after = some.getLast().sequence();
        }
        try {
            IndexedStore indexed = (IndexedStore) ((TimedStore) store).inner();
            assertThat(indexed.indexed()).isEqualTo(recorded);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
