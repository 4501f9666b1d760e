package io.mcpserver.storage.lancedb.passages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.mcpserver.storage.search.WordQuery;
import io.mcpserver.storage.search.WordQuery.Pair;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("side-by-side")
class TermTextTest {

    private static final WordQuery BOAT_HOUSE =
            new WordQuery(List.of("boat", "hous"), List.of(new Pair("boat", "hous")));

    private static double score(String... terms) {
        return TermText.score(TermText.of(List.of(terms)), BOAT_HOUSE, 10);
    }

    @Test
    void neighbours_that_stand_together_count_more() {
        assertThat(score("a", "boat", "hous")).isCloseTo(14, offset(1e-6));
        assertThat(score("a", "boat", "boathous", "hous")).isCloseTo(14, offset(1e-6));
        assertThat(score("hous", "boat")).isEqualTo(10);
        assertThat(score("boat", "by", "the", "water", "hous")).isEqualTo(10);
    }

    @Test
    void what_holds_none_of_the_words_does_not_count() {
        assertThat(score("a", "garden")).isZero();
        assertThat(score("boathous")).isZero();
    }

    @Test
    void characters_beyond_the_first_plane_are_terms_like_others() {
        WordQuery rare = new WordQuery(List.of("𠮷"), List.of());

        assertThat(TermText.score(TermText.of(List.of("𠮷", "野")), rare, 1)).isEqualTo(1);
        assertThat(TermText.of(List.of("𠮷", "野"))).isEqualTo("\u001c20bb7\u001c 野");
    }
}
