package io.mcpserver.storage.index;

import io.mcpserver.storage.index.lucene.LuceneIndexFactory;
import io.mcpserver.storage.search.SearchIndexFactory;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;

@Tag("side-by-side")
class LuceneIndexRecoveryTest extends IndexRecoveryContract {

    @Override
    Shelf open(Path directory, String model) {
        return Shelf.open(directory, model);
    }

    @Override
    SearchIndexFactory indexes() {
        return new LuceneIndexFactory();
    }

    @Override
    List<String> namesToDamage() {
        return List.of("segments", ".cf");
    }
}
