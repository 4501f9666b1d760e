package io.mcpserver.storage.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.DocumentToSave;
import io.mcpserver.storage.Filter;
import io.mcpserver.storage.Hit;
import io.mcpserver.storage.Search;
import io.mcpserver.storage.Search.Mode;
import io.mcpserver.storage.StoreException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FilteredSearchContract {

    private static final int MANY = 12_000;

    private Shelf shelf;

    /** Opens a store with the index under test. */
    abstract Shelf open(Path directory, String model);

    @BeforeAll
    void openAndFill(@TempDir Path directory) {
        shelf = open(directory, Shelf.NO_MODEL);
        for (int from = 0; from < MANY; from += 2_000) {
            List<DocumentToSave> some = IntStream.range(from, from + 2_000)
                    .mapToObj(FilteredSearchContract::document)
                    .toList();
            shelf.store().save(Shelf.NOTES, some);
        }
        shelf.save("other", "elsewhere", Shelf.text("an apple elsewhere").put("number", 7));
    }

    private static DocumentToSave document(int i) {
        return new DocumentToSave(
                "n" + i, Shelf.text("apple number " + i).put("number", i).put("late", i >= 100));
    }

    @AfterAll
    void close() {
        shelf.close();
    }

    @Test
    void aFilterThatLeavesThreeOfManyFindsThese() {
        Filter three = new Filter.In("number", List.of(new IntNode(5), new IntNode(500), new IntNode(11_999)));

        assertThat(find("apple", three)).containsExactlyInAnyOrder("n5", "n500", "n11999");
    }

    @Test
    void aFilterThatLeavesAlmostAllIsObeyed() {
        Filter late = new Filter.Compare("late", Filter.Operator.EQ, BooleanNode.TRUE);

        assertThat(find("number 50", late)).hasSize(10).doesNotContain("n50");
        assertThat(find("number 150", late)).first().isEqualTo("n150");
    }

    @Test
    void aFilterThatNothingPassesFindsNothing() {
        assertThat(find("apple", new Filter.Compare("number", Filter.Operator.LT, new IntNode(0))))
                .isEmpty();
    }

    @Test
    void aFilterWithoutACollectionHoldsForEach() {
        Filter seven = new Filter.Compare("number", Filter.Operator.EQ, new IntNode(7));

        List<Hit> hits = shelf.store().search(new Search("apple", Optional.empty(), Mode.WORDS, seven, 10, false));

        assertThat(hits).extracting(Hit::collection).containsExactlyInAnyOrder("other", Shelf.NOTES);
    }

    @Test
    void aDocumentThatWasDeletedIsNotFound() {
        shelf.save("gone", "a pineapple");
        assertThat(shelf.words("pineapple")).containsExactly("gone");

        shelf.store().delete(Shelf.NOTES, List.of("gone"));

        assertThat(shelf.words("pineapple")).isEmpty();
    }

    @Test
    void aDocumentThatWasReplacedIsFoundByItsNewWordsOnly() {
        shelf.save("changing", "an orange");
        shelf.save("changing", "a mango");

        assertThat(shelf.words("mango")).containsExactly("changing");
        assertThat(shelf.words("orange")).isEmpty();
    }

    @Test
    void aCollectionThatDoesNotExistHoldsNothing() {
        Search search = new Search("apple", Optional.of("nowhere"), Mode.HYBRID, Filter.ALL, 10, true);

        assertThat(shelf.store().search(search)).isEmpty();
    }

    @Test
    void withoutAModelTheDefaultModeGoesByWordsAndSaysWhy() {
        Hit hit = shelf.search(Mode.HYBRID, "apple number 77", Filter.ALL, 1).getFirst();

        assertThat(hit.document().id()).isEqualTo("n77");
        assertThat(hit.explanation().orElseThrow()).contains("by words only", "embedding.model");
    }

    @Test
    void withoutAModelMeaningIsRefusedWithTheKeyToSet() {
        assertThatThrownBy(() -> shelf.find(Mode.MEANING, "apple")).isInstanceOfSatisfying(StoreException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED);
            assertThat(e).hasMessageContaining("embedding.model");
        });
    }

    @Test
    void searchesOutOfBoundsAreRefused() {
        assertRefused(" ", 10, ErrorCode.INVALID_ARGUMENT);
        assertRefused("apple", 0, ErrorCode.INVALID_ARGUMENT);
        assertRefused("apple", 101, ErrorCode.INVALID_ARGUMENT);
        assertRefused("a".repeat(10_001), 10, ErrorCode.TOO_LARGE);
    }

    @Test
    void anInterruptedSearchSaysThatItTimedOut() {
        shelf.save("interrupted", "something to refresh for");
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> shelf.words("apple"))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(shelf.words("refresh")).containsExactly("interrupted");
    }

    private void assertRefused(String text, int limit, ErrorCode code) {
        assertThatThrownBy(() -> shelf.search(Mode.WORDS, text, Filter.ALL, limit))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private List<String> find(String query, Filter filter) {
        return Shelf.ids(shelf.search(Mode.WORDS, query, filter, 10));
    }
}
