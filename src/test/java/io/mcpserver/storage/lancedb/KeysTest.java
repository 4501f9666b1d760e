package io.mcpserver.storage.lancedb;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.storage.lancedb.dataset.FirstPlane;
import io.mcpserver.storage.lancedb.dataset.KeySketch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "a.b 'c'", "中文", "😀", "a😀b😀", "😀😀", "1f600"})
    void a_key_gives_back_collection_and_id_and_holds_no_character_beyond_the_first_plane(String id) {
        String key = Keys.of("notes", id);
        assertThat(Keys.collection(key)).isEqualTo("notes");
        assertThat(Keys.id(key)).isEqualTo(id);
        assertThat(FirstPlane.holds(key)).isTrue();
        assertThat(Keys.isInternal(key)).isFalse();
    }

    @Test
    void settings_are_told_from_documents() {
        assertThat(Keys.isInternal(Keys.ofSettings("notes"))).isTrue();
        assertThat(Keys.isInternal(Keys.APPLIED)).isTrue();
        assertThat(Keys.collection(Keys.ofSettings("notes"))).isEqualTo("notes");
    }

    @Test
    void a_sketch_has_every_key_it_was_given_and_few_others() {
        KeySketch sketch = new KeySketch(50_000);
        for (int i = 0; i < 50_000; i++) {
            sketch.add(Keys.of("notes", "id" + i));
        }
        int mistaken = 0;
        for (int i = 0; i < 50_000; i++) {
            assertThat(sketch.mayHave(Keys.of("notes", "id" + i))).isTrue();
            mistaken += sketch.mayHave(Keys.of("notes", "other" + i)) ? 1 : 0;
        }
        assertThat(mistaken).as("of 50,000 keys that it was not given").isLessThan(500);
    }
}
