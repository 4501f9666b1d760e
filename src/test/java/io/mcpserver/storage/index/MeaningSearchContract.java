package io.mcpserver.storage.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.Filter;
import io.mcpserver.storage.Hit;
import io.mcpserver.storage.Search.Mode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MeaningSearchContract {

    /** Questions that share no telling word with their answers. */
    private static final Map<String, String> PAIRS = new LinkedHashMap<>();

    static {
        PAIRS.put("How can I stop my laptop from getting too hot?", "Clean the fan so that the computer stays cool.");
        PAIRS.put("the physician examined an infant", "A doctor looked at the baby.");
        PAIRS.put("ways to earn more money at work", "Tips for negotiating a higher salary with your boss.");
        PAIRS.put("what should I feed a kitten", "Young cats need soft food four times a day.");
        PAIRS.put("automobile will not start in winter", "A car battery loses power when it is freezing.");
        PAIRS.put("remove duplicate rows from a table", "Deleting repeated records in a database.");
        PAIRS.put("places to stay overnight near the beach", "Hotels and guest houses along the coast.");
        PAIRS.put("How do I get better at chess?", "Study endgames and practise tactics against stronger players.");
        PAIRS.put("my plants are dying of thirst", "Water the flowers regularly during dry weeks.");
        PAIRS.put(
                "methods for falling asleep quickly",
                "Avoid screens and coffee late in the evening if you suffer from insomnia.");
    }

    private Shelf shelf;

    /** Opens a store with the index under test. */
    abstract Shelf open(Path directory, String model);

    @BeforeAll
    void openAndFill(@TempDir Path directory) {
        shelf = open(directory, Shelf.MINI_LM);
        PAIRS.forEach(shelf::save);
        shelf.save("error 0x80070057", "Fault code 0x80070057 appears when a parameter is not correct.");
    }

    @AfterAll
    void close() {
        shelf.close();
    }

    @Test
    void aQuestionFindsItsAnswerByMeaning() {
        assertThat(answeredFirst(Mode.MEANING)).isGreaterThanOrEqualTo(8);
    }

    @Test
    void aQuestionFindsItsAnswerInTheDefaultMode() {
        assertThat(answeredFirst(Mode.HYBRID)).isGreaterThanOrEqualTo(8);
    }

    @Test
    void anExactCodeIsFoundInTheDefaultMode() {
        assertThat(shelf.find(Mode.HYBRID, "0x80070057")).first().isEqualTo("error 0x80070057");
    }

    @Test
    void hitsExplainTheRanksOfBothSides() {
        Hit hit = shelf.search(Mode.HYBRID, "water the flowers", Filter.ALL, 1).getFirst();

        assertThat(hit.document().id()).isEqualTo("my plants are dying of thirst");
        assertThat(hit.explanation().orElseThrow())
                .matches("words: rank 1, BM25 [0-9.]+; meaning: rank 1, cosine 0[.][0-9]+; fused 0[.]03279");
        assertThat(hit.passage()).isEqualTo("Water the flowers regularly during dry weeks.");
    }

    @Test
    void theModelIsRecordedWithTheCollection() {
        assertThat(shelf.store().settings(Shelf.NOTES).model())
                .contains(new CollectionSettings.Model(Shelf.MINI_LM, 384));
        assertThat(shelf.store().collections().getFirst().settings().model()).isPresent();
    }

    @Test
    void allCollectionsAreSearchedWhereNoneIsNamed() {
        shelf.save("other", "seaside", Shelf.text("Lodging by the sea."));

        List<Hit> hits = shelf.store()
                .search(new io.mcpserver.storage.Search(
                        "accommodation near the ocean",
                        java.util.Optional.empty(),
                        Mode.MEANING,
                        Filter.ALL,
                        2,
                        false));

        assertThat(hits).extracting(Hit::collection).containsExactlyInAnyOrder("other", Shelf.NOTES);
        assertThat(hits.getFirst().explanation()).isEmpty();
    }

    private long answeredFirst(Mode mode) {
        return PAIRS.keySet().stream()
                .filter(question -> shelf.find(mode, question).getFirst().equals(question))
                .count();
    }
}
