package io.mcpserver.storage.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.storage.lancedb.passages.PassageIndexFactory;
import io.mcpserver.storage.search.SearchIndexFactory;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("side-by-side")
class LanceIndexRecoveryTest extends IndexRecoveryContract {

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

    @Test
    void aFolderChangesFromOneIndexToTheOtherAndBack() {
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
}
