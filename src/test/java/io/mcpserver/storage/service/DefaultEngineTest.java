package io.mcpserver.storage.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpserver.config.TestConfigs;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.StoreSwap;
import io.mcpserver.storage.index.Shelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("side-by-side")
class DefaultEngineTest {

    @TempDir
    Path directory;

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_new_folder_gets_lancedb_and_looking_makes_none() {
        Path data = directory.resolve("data");
        assertThat(DefaultEngine.whyNotFirst()).isEmpty();
        assertThat(chosen(data)).isEqualTo("lancedb");
        assertThat(data).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"duckdb", "lancedb", "tinydb"})
    void a_folder_keeps_the_engine_that_it_has(String engine) throws IOException {
        try (Shelf shelf = Shelf.open(engine, directory, Shelf.NO_MODEL)) {
            shelf.save("a", "the first");
        }
        assertThat(chosen(directory)).isEqualTo(engine);
        Files.delete(directory.resolve(DataFormat.FILE));
        assertThat(chosen(directory)).as("by its files").isEqualTo(engine);
    }

    @ParameterizedTest
    @CsvSource({
        "documents.duckdb, documents.lance, duckdb",
        "documents.duckdb, documents.json, duckdb",
        "documents.lance, documents.json, lancedb"
    })
    void of_two_engines_without_a_word_the_older_one_is_not_hidden(String one, String other, String engine)
            throws IOException {
        Files.createFile(directory.resolve(one));
        Files.createFile(directory.resolve(other));
        assertThat(chosen(directory)).isEqualTo(engine);
    }

    @Test
    void what_is_written_down_counts_more_than_files() throws IOException {
        Files.createFile(directory.resolve("documents.duckdb"));
        DataFormat.write(directory, "tinydb");
        assertThat(chosen(directory)).isEqualTo("tinydb");
    }

    @Test
    void a_swap_that_was_begun_counts_as_finished() throws IOException {
        DataFormat.write(directory, "duckdb");
        DataFormat.write(Files.createDirectories(StoreSwap.coming(directory)), "tinydb");
        assertThat(chosen(directory)).isEqualTo("duckdb");
        Files.createFile(directory.resolve("swap.begun"));
        assertThat(chosen(directory)).isEqualTo("tinydb");
    }

    @Test
    void a_folder_that_says_nonsense_is_refused_at_the_opening() throws IOException {
        Files.writeString(directory.resolve(DataFormat.FILE), "{}");
        Files.createFile(directory.resolve("documents.duckdb"));
        assertThat(chosen(directory)).isEqualTo("duckdb");
        try (StoreService service = new StoreService(TestConfigs.of("storage.path=" + directory))) {
            assertThatThrownBy(service::store)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining(DataFormat.FILE);
        }
    }

    @Test
    void an_engine_that_is_named_is_taken_whatever_is_there() throws IOException {
        DataFormat.write(directory, "duckdb");
        try (StoreService service =
                new StoreService(TestConfigs.of("storage.path=" + directory, "storage.type=lancedb"))) {
            assertThatThrownBy(service::store)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContainingAll("is in the engine duckdb", "storage.type is lancedb");
        }
    }

    /** By the way of every start. */
    private static String chosen(Path data) {
        return TestConfigs.of("storage.path=" + data).storage().type();
    }
}
