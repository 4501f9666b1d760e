package io.mcpserver.storage.index;

import java.nio.file.Path;
import org.junit.jupiter.api.Nested;

/** Search by the index of Lance. */
class LanceSearchTest {

    @Nested
    class WordSearch extends WordSearchContract {

        @Override
        Shelf open(Path directory, String model) {
            return Shelf.openWithLance(directory, model);
        }
    }

    @Nested
    class MeaningSearch extends MeaningSearchContract {

        @Override
        Shelf open(Path directory, String model) {
            return Shelf.openWithLance(directory, model);
        }
    }

    @Nested
    class FilteredSearch extends FilteredSearchContract {

        @Override
        Shelf open(Path directory, String model) {
            return Shelf.openWithLance(directory, model);
        }
    }

    @Nested
    class ReadYourWrites extends ReadYourWritesContract {

        @Override
        Shelf open(Path directory, String model) {
            return Shelf.openWithLance(directory, model);
        }
    }
}
