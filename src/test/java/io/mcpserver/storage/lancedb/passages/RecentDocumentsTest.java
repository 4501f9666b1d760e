package io.mcpserver.storage.lancedb.passages;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.storage.search.IndexedDocument;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("side-by-side")
class RecentDocumentsTest {

    private final RecentDocuments recent = new RecentDocuments(3);

    private static Map<String, Optional<IndexedDocument>> written(String id, long version) {
        return Map.of(id, Optional.of(new IndexedDocument("notes", id, version, List.of("a"), List.of(), false)));
    }

    @Test
    void the_newest_state_of_each_document_is_kept_until_it_is_taken() {
        recent.add(written("a", 1), 1);
        recent.add(written("b", 1), 1);
        recent.add(written("a", 2), 1);

        Map<String, IndexedDocument> taken = recent.take().orElseThrow();

        assertThat(taken).containsOnlyKeys("a", "b");
        assertThat(taken.get("a").version()).isEqualTo(2);
        assertThat(recent.take().orElseThrow()).isEmpty();
    }

    @Test
    void what_is_no_more_is_not_kept() {
        recent.add(written("a", 1), 1);
        Map<String, Optional<IndexedDocument>> removed = new HashMap<>();
        removed.put("a", Optional.empty());
        recent.add(removed, 0);

        assertThat(recent.take().orElseThrow()).isEmpty();
    }

    @Test
    void more_than_there_is_room_for_are_none_until_they_are_taken() {
        recent.add(written("a", 1), 4);
        recent.add(written("b", 1), 1);

        assertThat(recent.take()).isEmpty();
        recent.add(written("c", 1), 1);
        assertThat(recent.take().orElseThrow()).containsOnlyKeys("c");
    }
}
