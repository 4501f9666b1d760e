package io.mcpserver.storage.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.Filter;
import io.mcpserver.storage.Search.Mode;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.index.lucene.LuceneIndexFactory;
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
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to the index, the next search answers from the record. */
class IndexRecoveryTest {

    private static final SearchIndexFactory LUCENE = new LuceneIndexFactory();

    @TempDir
    Path directory;

    private Path index() {
        return directory.resolve("search-index");
    }

    private void fill(String model) {
        try (Shelf shelf = Shelf.open(directory, model)) {
            shelf.save("one", "a red apple");
            shelf.save("two", "a yellow banana");
            shelf.save("three", "a blue plum");
            shelf.store().delete(Shelf.NOTES, List.of("three"));
        }
    }

    private void assertAllIsFound(String model) {
        try (Shelf shelf = Shelf.open(directory, model)) {
            assertThat(shelf.words("apple")).containsExactly("one");
            assertThat(shelf.words("banana")).containsExactly("two");
            assertThat(shelf.words("plum")).isEmpty();
            assertThat(shelf.service().index().orElseThrow().current()).isTrue();
        }
    }

    @Test
    void anIndexThatWasClosedIsUsedAgain() throws IOException {
        fill(Shelf.NO_MODEL);
        IndexFormat format = LUCENE.verify(index());

        assertThat(format.sequence()).isPositive();
        assertAllIsFound(Shelf.NO_MODEL);
    }

    @Test
    void anIndexThatIsMissingIsBuilt() throws IOException {
        fill(Shelf.NO_MODEL);
        try (Stream<Path> files = Files.list(index())) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(index());

        assertAllIsFound(Shelf.NO_MODEL);
    }

    @Test
    void anIndexWithADamagedFileIsBuiltAnew() throws IOException {
        fill(Shelf.NO_MODEL);
        try (Stream<Path> files = Files.list(index())) {
            Path largest = files.max(
                            Comparator.comparingLong(file -> file.toFile().length()))
                    .orElseThrow();
            byte[] bytes = Files.readAllBytes(largest);
            bytes[bytes.length / 2] ^= 0x55;
            Files.write(largest, bytes);
        }

        assertAllIsFound(Shelf.NO_MODEL);
    }

    @Test
    void anIndexWithoutItsListOfSegmentsIsBuiltAnew() throws IOException {
        fill(Shelf.NO_MODEL);
        try (Stream<Path> files = Files.list(index())) {
            for (Path file : files.filter(one -> one.getFileName().toString().startsWith("segments"))
                    .toList()) {
                Files.write(file, new byte[] {1, 2, 3}, StandardOpenOption.TRUNCATE_EXISTING);
            }
        }

        assertAllIsFound(Shelf.NO_MODEL);
    }

    @Test
    void anIndexThatIsAheadOfTheRecordIsBuiltAnew() throws IOException {
        fill(Shelf.NO_MODEL);
        try (SearchIndex index = LUCENE.open(index(), new Contents(Shelf.NO_MODEL, 0, Terms::of))) {
            index.put(new IndexedDocument(Shelf.NOTES, "ghost", 1, List.of("a ghost"), List.of(), false));
            index.commit(1_000_000);
        }

        assertAllIsFound(Shelf.NO_MODEL);
        assertThat(LUCENE.verify(index()).sequence()).isLessThan(1_000_000);
    }

    @Test
    void anIndexOfAnotherModelIsBuiltAnew() {
        fill(Shelf.NO_MODEL);

        try (Shelf shelf = Shelf.open(directory, Shelf.MINI_LM)) {
            assertThat(shelf.find(Mode.MEANING, "tropical yellow fruit")).containsExactly("two", "one");
            assertThat(shelf.store().settings(Shelf.NOTES).model()).isPresent();
        }
        assertAllIsFound(Shelf.NO_MODEL);
    }

    @Test
    void anIndexThatWasThrownAwayGetsItsVectorsAgain() throws IOException {
        fill(Shelf.MINI_LM);
        Files.createFile(index().resolve("distrusted"));

        try (Shelf shelf = Shelf.open(directory, Shelf.MINI_LM)) {
            assertThat(shelf.find(Mode.MEANING, "tropical yellow fruit")).containsExactly("two", "one");
        }
    }

    @Test
    void aCollectionOfAnotherModelIsSearchedByWordsOnly() {
        try (Shelf shelf = Shelf.open(directory, Shelf.NO_MODEL)) {
            CollectionSettings.Model foreign = new CollectionSettings.Model("another-model", 8);
            shelf.store().configure(Shelf.NOTES, new CollectionSettings(Optional.of(foreign), List.of()));
        }
        try (Shelf shelf = Shelf.open(directory, Shelf.MINI_LM)) {
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
        try (Shelf shelf = Shelf.open(directory, Shelf.NO_MODEL)) {
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
        try (Shelf shelf = Shelf.open(directory, Shelf.NO_MODEL)) {
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
        try (Shelf shelf = Shelf.open(directory, Shelf.NO_MODEL)) {
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
        Files.delete(index().resolve(IndexDirectory.OURS));
        try (Stream<Path> files = Files.list(index())) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Path foreign = Files.writeString(index().resolve("thesis.txt"), "years of work");
        try (Shelf shelf = Shelf.open(directory, Shelf.NO_MODEL)) {
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
