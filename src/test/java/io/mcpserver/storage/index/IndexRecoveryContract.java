package io.mcpserver.storage.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.Filter;
import io.mcpserver.storage.FolderDelete;
import io.mcpserver.storage.Search.Mode;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.index.text.Terms;
import io.mcpserver.storage.search.IndexFormat;
import io.mcpserver.storage.search.IndexedDocument;
import io.mcpserver.storage.search.SearchIndex;
import io.mcpserver.storage.search.SearchIndexFactory;
import io.mcpserver.storage.search.SearchIndexFactory.Contents;
import io.mcpserver.storage.service.TimedStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to the index, the next search answers from the record. */
abstract class IndexRecoveryContract {

    @TempDir
    Path directory;

    /** Opens a store with the index under test. */
    abstract Shelf open(Path directory, String model);

    /** Of the index under test. */
    abstract SearchIndexFactory indexes();

    Path index() {
        return directory.resolve("search-index");
    }

    void fill(String model) {
        try (Shelf shelf = open(directory, model)) {
            shelf.save("one", "a red apple");
            shelf.save("two", "a yellow banana");
            shelf.save("three", "a blue plum");
            shelf.store().delete(Shelf.NOTES, List.of("three"));
        }
    }

    void assertAllIsFound(String model) {
        try (Shelf shelf = open(directory, model)) {
            assertThat(shelf.words("apple")).containsExactly("one");
            assertThat(shelf.words("banana")).containsExactly("two");
            assertThat(shelf.words("plum")).isEmpty();
            assertThat(shelf.service().index().orElseThrow().current()).isTrue();
        }
    }

    @Test
    void anIndexThatWasClosedIsUsedAgain() throws IOException {
        fill(Shelf.NO_MODEL);
        IndexFormat format = indexes().verify(index());

        assertThat(format.sequence()).isPositive();
        assertAllIsFound(Shelf.NO_MODEL);
    }

    @Test
    void anIndexThatIsMissingIsBuilt() throws IOException {
        fill(Shelf.NO_MODEL);
        FolderDelete.delete(index());

        assertAllIsFound(Shelf.NO_MODEL);
    }

    @Test
    void anIndexOfWhichAnyFileIsDamagedIsBuiltAnew() throws IOException {
        fill(Shelf.NO_MODEL);
        for (String name : namesToDamage()) {
            try (Stream<Path> files = Files.walk(index())) {
                Path file = files.filter(
                                one -> index().relativize(one).toString().contains(name))
                        .filter(Files::isRegularFile)
                        .max(Comparator.comparingLong(one -> one.toFile().length()))
                        .orElseThrow(() -> new AssertionError("no file of " + name));
                byte[] bytes = Files.readAllBytes(file);
                bytes[bytes.length / 2] ^= 0x55;
                Files.write(file, bytes);
            }

            assertAllIsFound(Shelf.NO_MODEL);
        }
    }

    /** Parts of the names of its files; of each the largest is damaged. */
    abstract List<String> namesToDamage();

    @Test
    void anIndexThatIsAheadOfTheRecordIsBuiltAnew() throws IOException {
        fill(Shelf.NO_MODEL);
        try (SearchIndex index = indexes().open(index(), new Contents(Shelf.NO_MODEL, 0, Terms::of))) {
            index.put(new IndexedDocument(Shelf.NOTES, "ghost", 1, List.of("a ghost"), List.of(), false));
            index.commit(1_000_000);
        }

        assertAllIsFound(Shelf.NO_MODEL);
        assertThat(indexes().verify(index()).sequence()).isLessThan(1_000_000);
    }

    @Test
    void anIndexOfAnotherModelIsBuiltAnew() {
        fill(Shelf.NO_MODEL);

        try (Shelf shelf = open(directory, Shelf.MINI_LM)) {
            assertThat(shelf.find(Mode.MEANING, "tropical yellow fruit")).containsExactly("two", "one");
            assertThat(shelf.store().settings(Shelf.NOTES).model()).isPresent();
        }
        assertAllIsFound(Shelf.NO_MODEL);
    }

    @Test
    void anIndexThatWasThrownAwayGetsItsVectorsAgain() throws IOException {
        fill(Shelf.MINI_LM);
        Files.createFile(index().resolve("distrusted"));

        try (Shelf shelf = open(directory, Shelf.MINI_LM)) {
            assertThat(shelf.find(Mode.MEANING, "tropical yellow fruit")).containsExactly("two", "one");
        }
    }

    @Test
    void aCollectionOfAnotherModelIsSearchedByWordsOnly() {
        try (Shelf shelf = open(directory, Shelf.NO_MODEL)) {
            CollectionSettings.Model foreign = new CollectionSettings.Model("another-model", 8);
            shelf.store().configure(Shelf.NOTES, new CollectionSettings(Optional.of(foreign), List.of()));
        }
        try (Shelf shelf = open(directory, Shelf.MINI_LM)) {
            shelf.save("one", "a red apple");

            assertThat(shelf.search(Mode.HYBRID, "apple", Filter.ALL, 1)
                            .getFirst()
                            .explanation()
                            .orElseThrow())
                    .contains("words: rank 1", "another-model")
                    .doesNotContain("meaning: rank");
            assertThatThrownBy(() -> shelf.find(Mode.MEANING, "apple"))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED))
                    .hasMessageContaining("another-model");
        }
    }

    @Test
    void otherTextFieldsHoldForTheDocumentsThatAreThere() {
        try (Shelf shelf = open(directory, Shelf.NO_MODEL)) {
            ObjectNode content = new ObjectMapper()
                    .createObjectNode()
                    .put("title", "a red apple")
                    .put("internal", "a secret");
            shelf.save(Shelf.NOTES, "one", content);
            assertThat(shelf.words("secret")).containsExactly("one");

            shelf.store().configure(Shelf.NOTES, new CollectionSettings(Optional.empty(), List.of("title")));

            assertThat(shelf.words("secret")).isEmpty();
            assertThat(shelf.words("apple")).containsExactly("one");
        }
    }

    @Test
    void anIndexThatCannotBeWrittenLosesNothingAndComesBack() throws IOException {
        fill(Shelf.NO_MODEL);
        Path aside = directory.resolve("aside");
        Files.move(index(), aside);
        Files.createFile(index());
        try (Shelf shelf = open(directory, Shelf.NO_MODEL)) {
            shelf.save("four", "a green pear");
            assertThatThrownBy(() -> shelf.words("pear"))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("search index cannot be written");
            assertThat(shelf.store().load(Shelf.NOTES, List.of("four"))).hasSize(1);

            Files.delete(index());

            await().ignoreExceptions().until(() -> shelf.words("pear").equals(List.of("four")));
            assertThat(shelf.words("apple")).containsExactly("one");
        }
    }

    @Test
    void anIndexThatAFailedWriteClosedIsOpenedAnewByTheNextSearchAlthoughNothingIsSaved() throws IOException {
        fill(Shelf.NO_MODEL);
        Path aside = directory.resolve("aside");
        try (Shelf shelf = open(directory, Shelf.NO_MODEL)) {
            assertThat(shelf.words("apple")).containsExactly("one");
            shelf.save("four", "a green pear");
            IndexedStore indexed = (IndexedStore) ((TimedStore) shelf.store()).inner();
            await().until(() -> indexed.index().read() == shelf.store().sequence());
            Files.move(index(), aside);
            assertThatThrownBy(() -> shelf.words("pear")).isInstanceOf(StoreException.class);

            await().ignoreExceptions().until(() -> shelf.words("pear").equals(List.of("four")));
            assertThat(shelf.words("apple")).containsExactly("one");
        }
    }

    @Test
    void aFolderWithFilesOfSomebodyElseIsLeftAlone() throws IOException {
        fill(Shelf.NO_MODEL);
        FolderDelete.delete(index());
        Files.createDirectories(index());
        Path foreign = Files.writeString(index().resolve("thesis.txt"), "years of work");
        try (Shelf shelf = open(directory, Shelf.NO_MODEL)) {
            shelf.save("four", "a green pear");

            assertThatThrownBy(() -> shelf.words("pear"))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("holds files that are not of a search index")
                    .hasMessageContaining(index().toString());
            assertThatThrownBy(() -> shelf.store()
                            .configure(Shelf.NOTES, new CollectionSettings(Optional.empty(), List.of("title"))))
                    .hasMessageContaining("holds files that are not of a search index");
            assertThat(shelf.store().load(Shelf.NOTES, List.of("four"))).hasSize(1);
        }
        assertThat(foreign).hasContent("years of work");
        try (Stream<Path> files = Files.list(index())) {
            assertThat(files).containsExactly(foreign);
        }
    }
}
