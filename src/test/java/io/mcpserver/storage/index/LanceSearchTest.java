package io.mcpserver.storage.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.storage.lancedb.passages.PassageIndexFactory;
import io.mcpserver.storage.search.SearchIndexFactory;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Search by the index of Lance. */
class LanceSearchTest {

    @Test
    void aFolderChangesFromOneIndexToTheOtherAndBack(@TempDir Path directory) {
        try (Shelf shelf = Shelf.open("lancedb", directory, Shelf.NO_MODEL)) {
            shelf.save("red", "a red apple");
            assertThat(shelf.words("apple")).containsExactly("red");
        }
        try (Shelf shelf = Shelf.openWithLance(directory, Shelf.NO_MODEL)) {
            shelf.save("green", "a green apple");
            assertThat(shelf.words("apple")).containsExactlyInAnyOrder("red", "green");
        }
        try (Shelf shelf = Shelf.open("lancedb", directory, Shelf.NO_MODEL)) {
            shelf.store().delete(Shelf.NOTES, List.of("red"));
            assertThat(shelf.words("apple")).containsExactly("green");
        }
    }

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

    @Nested
    class Recovery extends IndexRecoveryContract {

        @Override
        Shelf open(Path directory, String model) {
            return Shelf.openWithLance(directory, model);
        }

        @Override
        SearchIndexFactory indexes() {
            return new PassageIndexFactory();
        }

        @Override
        List<String> namesToDamage() {
            return List.of("data", "_versions", "_indices", "passages.json");
        }
    }
}
