package io.mcpserver.storage.index;

import io.mcpserver.storage.index.lucene.LuceneIndexFactory;
import io.mcpserver.storage.search.SearchIndexFactory;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** Search by the index of Lucene. */
class LuceneSearchTest {

    @Nested
    class WordSearch extends WordSearchContract {

        @Override
        Shelf open(Path directory, String model) {
            return Shelf.open(directory, model);
        }
    }

    @Nested
    class MeaningSearch extends MeaningSearchContract {

        @Override
        Shelf open(Path directory, String model) {
            return Shelf.open(directory, model);
        }
    }

    @Nested
    class FilteredSearch extends FilteredSearchContract {

        @Override
        Shelf open(Path directory, String model) {
            return Shelf.open(directory, model);
        }
    }

    @Nested
    class ReadYourWrites extends ReadYourWritesContract {

        @Override
        Shelf open(Path directory, String model) {
            return Shelf.open(directory, model);
        }
    }

    @Nested
    class Recovery extends IndexRecoveryContract {

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
}
