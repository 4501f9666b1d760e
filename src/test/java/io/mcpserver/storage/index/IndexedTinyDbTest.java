package io.mcpserver.storage.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search index beside the TinyDB engine. */
class IndexedTinyDbTest {

    @TempDir
    Path directory;

    private Shelf open() {
        return Shelf.open("tinydb", directory, Shelf.NO_MODEL);
    }

    @Test
    void what_was_saved_is_found_at_once_and_after_a_restart() {
        try (Shelf shelf = open()) {
            shelf.save("a", "an apple and a pear");
            assertThat(shelf.words("pear")).containsExactly("a");
            shelf.save("a", "only apples");
            shelf.save("b", "pears");
            assertThat(shelf.words("pear")).containsExactly("b");
            shelf.store().delete(Shelf.NOTES, List.of("b"));
            assertThat(shelf.words("pear")).isEmpty();
        }
        try (Shelf shelf = open()) {
            assertThat(shelf.words("apple")).containsExactly("a");
            assertThat(shelf.words("pear")).isEmpty();
        }
    }

    @Test
    void what_somebody_else_put_into_the_file_is_found() throws Exception {
        Path file = directory.resolve("documents.json");
        Files.writeString(file, "{\"notes\": {\"1\": {\"text\": \"a quince\"}}}");
        try (Shelf shelf = open()) {
            assertThat(shelf.words("quince")).containsExactly("1");
        }
        Files.writeString(file, Files.readString(file).replace("quince", "medlar"));
        try (Shelf shelf = open()) {
            assertThat(shelf.words("medlar")).containsExactly("1");
            assertThat(shelf.words("quince")).isEmpty();
        }
    }
}
