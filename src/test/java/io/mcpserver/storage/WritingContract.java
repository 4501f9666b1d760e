package io.mcpserver.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.error.ErrorCode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What save, load and delete promise. */
abstract class WritingContract extends StoreFixture {

    @Test
    void a_saved_document_is_loaded_as_it_was_given() {
        Instant before = Instant.now().minusMillis(1);
        assertThat(save("a", "{'title': 'One'}")).isEqualTo(new Saved("a", 1, true));

        Document loaded = load("a").orElseThrow();
        assertThat(loaded.content()).isEqualTo(object("{'title': 'One'}"));
        assertThat(loaded.version()).isEqualTo(1);
        assertThat(loaded.created()).isEqualTo(loaded.updated()).isAfter(before);
        assertThat(loaded.created().getNano() % 1_000).isZero();
    }

    @Test
    void saving_again_replaces_the_content_counts_the_version_and_keeps_the_creation() {
        save("a", "{'n': 1}");
        Instant created = load("a").orElseThrow().created();

        assertThat(save("a", "{'m': 2}")).isEqualTo(new Saved("a", 2, false));
        Document loaded = load("a").orElseThrow();
        assertThat(loaded.content()).isEqualTo(object("{'m': 2}"));
        assertThat(loaded.created()).isEqualTo(created);
        assertThat(loaded.updated()).isAfterOrEqualTo(created);
    }

    @Test
    void a_restart_changes_nothing() {
        save("a", "{'n': 1}");
        save("a", "{'n': 2}");
        save("gone", "{}");
        store.delete("notes", List.of("gone"));
        Document before = load("a").orElseThrow();
        long sequence = store.sequence();

        reopen();
        assertThat(load("a")).contains(before);
        assertThat(load("gone")).isEmpty();
        assertThat(store.sequence()).isEqualTo(sequence);
        assertThat(save("a", "{'n': 3}").version()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'b': 1, 'a': 2, 'B': {'z': [], 'y': {}}}",
                "{'numbers': [0, -1, 1.5, 1e300, 9007199254740993, 9223372036854775807, 18446744073709551616]}",
                "{'text': 'é 中文 😀 \\u0000 \\u001f \\\\ / \\n', '😀': true, '': null}",
                "{'deep': [[[[[[[[[[{'a': [null, false]}]]]]]]]]]]}"
            })
    void content_comes_back_exactly(String content) {
        save("a", content);
        ObjectNode loaded = load("a").orElseThrow().content();
        assertThat(loaded).isEqualTo(object(content));
        assertThat(loaded.toString())
                .as("with the order of keys")
                .isEqualTo(object(content).toString());
    }

    @Test
    void numbers_of_any_size_keep_their_value() {
        ObjectNode content = object("{}");
        content.put("decimal", new BigDecimal("0.12345678901234567890123456789"));
        content.put("whole", new BigInteger("123456789012345678901234567890"));
        content.put("beyond", new BigDecimal("1e400"));
        store.save("notes", List.of(new DocumentToSave("a", content)));

        ObjectNode loaded = load("a").orElseThrow().content();
        assertThat(loaded.get("decimal").decimalValue()).isEqualByComparingTo("0.12345678901234567890123456789");
        assertThat(loaded.get("whole").bigIntegerValue()).isEqualTo("123456789012345678901234567890");
        assertThat(loaded.get("beyond").decimalValue()).isEqualByComparingTo("1e400");
    }

    @Test
    void what_json_cannot_say_is_refused() {
        for (ObjectNode content : List.of(
                object("{}").put("half", "\ud83d"),
                object("{}").put("\udc00", 1),
                object("{}").put("n", Double.NaN))) {
            refused(ErrorCode.INVALID_ARGUMENT, () -> store.save("notes", List.of(new DocumentToSave("a", content))));
        }
        assertThat(load("a")).isEmpty();
    }

    @Test
    void content_has_a_limit_of_size_and_of_depth() {
        ObjectNode large = object("{}").put("text", "x".repeat(DocumentRules.MAX_CONTENT_BYTES - 11));
        ObjectNode tooLarge = object("{}").put("text", "x".repeat(DocumentRules.MAX_CONTENT_BYTES));
        store.save("notes", List.of(new DocumentToSave("large", large)));
        assertThat(load("large").orElseThrow().content()).isEqualTo(large);
        refused(ErrorCode.TOO_LARGE, () -> store.save("notes", List.of(new DocumentToSave("a", tooLarge))));

        ObjectNode deep = object("{}");
        for (int i = 1; i < DocumentRules.MAX_DEPTH; i++) {
            deep = JsonNodeFactory.instance.objectNode().set("d", deep);
        }
        ObjectNode tooDeep = JsonNodeFactory.instance.objectNode().set("d", deep);
        store.save("notes", List.of(new DocumentToSave("deep", deep)));
        assertThat(load("deep").orElseThrow().content()).isEqualTo(deep);
        refused(ErrorCode.TOO_LARGE, () -> store.save("notes", List.of(new DocumentToSave("a", tooDeep))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\u0000b", "line\nbreak", "half \ud83d"})
    void an_id_that_is_none_is_refused(String id) {
        refused(ErrorCode.INVALID_ARGUMENT, () -> save(id, "{}"));
        refused(ErrorCode.INVALID_ARGUMENT, () -> load(id));
        refused(ErrorCode.INVALID_ARGUMENT, () -> store.delete("notes", List.of(id)));
    }

    @Test
    void an_id_may_have_256_characters_of_any_script() {
        for (String id : List.of("中".repeat(256), "😀".repeat(256), "../a b?#%'\"\\", " ", "a.b")) {
            save(id, "{}");
            assertThat(load(id)).isPresent();
        }
        refused(ErrorCode.INVALID_ARGUMENT, () -> save("x".repeat(257), "{}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".hidden", "-a", "a b", "a/b", "ä", "a\nb"})
    void a_collection_name_that_is_none_is_refused(String name) {
        refused(ErrorCode.INVALID_ARGUMENT, () -> store.save(name, List.of(document("a", "{}"))));
        refused(ErrorCode.INVALID_ARGUMENT, () -> store.load(name, List.of("a")));
        refused(ErrorCode.INVALID_ARGUMENT, () -> store.count(name, Filter.ALL));
    }

    @Test
    void collections_do_not_share_ids() {
        store.save("a", List.of(document("1", "{'in': 'a'}")));
        store.save("a.b", List.of(document("1", "{'in': 'a.b'}")));
        store.delete("a", List.of("1"));
        assertThat(store.load("a", List.of("1"))).isEmpty();
        assertThat(store.load("a.b", List.of("1")).get("1").content()).isEqualTo(object("{'in': 'a.b'}"));
    }

    @Test
    void load_answers_in_the_order_asked_for_and_passes_over_what_is_missing() {
        save("a", "{}");
        save("b", "{}");
        save("c", "{}");
        Map<String, Document> loaded = store.load("notes", List.of("c", "x", "a", "c"));
        assertThat(loaded.keySet()).containsExactly("c", "a");
        assertThat(store.load("notes", List.of())).isEmpty();
        assertThat(store.load("unknown", List.of("a"))).isEmpty();
    }

    @Test
    void a_large_batch_is_saved_loaded_and_deleted() {
        List<DocumentToSave> documents = IntStream.range(0, 2_000)
                .mapToObj(i -> document("id" + i, "{'n': " + i + "}"))
                .toList();
        assertThat(store.save("notes", documents)).hasSize(2_000).allMatch(saved -> saved.version() == 1);
        assertThat(store.save("notes", documents)).hasSize(2_000).allMatch(saved -> saved.version() == 2);
        List<String> ids = documents.stream().map(DocumentToSave::id).toList();
        assertThat(store.load("notes", ids).keySet()).containsExactlyElementsOf(ids);
        assertThat(store.delete("notes", ids)).isEqualTo(2_000);
        assertThat(store.count("notes", Filter.ALL)).isZero();
    }

    @Test
    void a_batch_beyond_the_limits_is_refused() {
        List<DocumentToSave> many = Collections.nCopies(10_001, document("a", "{}"));
        refused(ErrorCode.TOO_LARGE, () -> store.save("notes", many));
        refused(ErrorCode.TOO_LARGE, () -> store.load("notes", Collections.nCopies(10_001, "a")));
        refused(
                ErrorCode.INVALID_ARGUMENT,
                () -> store.save("notes", List.of(document("a", "{}"), document("a", "{}"))));
    }

    @Test
    void an_expected_version_that_holds_lets_the_save_through() {
        store.save("notes", List.of(expecting(0, "a", "{}")));
        assertThat(store.save("notes", List.of(expecting(1, "a", "{}")))
                        .getFirst()
                        .version())
                .isEqualTo(2);
    }

    @Test
    void an_expected_version_that_no_longer_holds_is_a_conflict_and_the_whole_batch_is_left_out() {
        save("a", "{'n': 1}");
        save("a", "{'n': 2}");
        long sequence = store.sequence();
        for (long expected : new long[] {0, 1, 3}) {
            StoreException conflict = refused(
                    ErrorCode.CONFLICT,
                    () -> store.save(
                            "notes",
                            List.of(document("new", "{}"), expecting(expected, "a", "{}"), document("b", "{}"))));
            assertThat(conflict).hasMessageContaining("'a'").hasMessageContaining("version 2");
        }
        refused(ErrorCode.CONFLICT, () -> store.save("notes", List.of(expecting(1, "missing", "{}"))));
        assertThat(ids("{}")).containsExactly("a");
        assertThat(store.sequence()).isEqualTo(sequence);
    }

    @Test
    void deleting_counts_what_was_there() {
        save("a", "{}");
        save("b", "{}");
        assertThat(store.delete("notes", List.of("a", "missing", "a"))).isEqualTo(1);
        assertThat(store.delete("notes", List.of("a"))).isZero();
        assertThat(store.delete("unknown", List.of("a"))).isZero();
        assertThat(store.delete("notes", List.of())).isZero();
        assertThat(ids("{}")).containsExactly("b");
    }

    @Test
    void deleting_by_filter_takes_all_that_match() {
        save("a", "{'year': 2019}");
        save("b", "{'year': 2020}");
        save("c", "{'year': 2021}");
        store.save("other", List.of(document("d", "{'year': 2021}")));
        assertThat(store.delete("notes", filter("{'year': {'$gte': 2020}}"))).isEqualTo(2);
        assertThat(store.delete("notes", filter("{'year': {'$gte': 2020}}"))).isZero();
        assertThat(ids("{}")).containsExactly("a");
        assertThat(store.count("other", Filter.ALL)).isEqualTo(1);
    }

    @Test
    void a_version_is_never_used_twice_even_after_a_deletion_and_a_restart() {
        save("a", "{}");
        save("a", "{}");
        store.delete("notes", List.of("a"));
        reopen();
        store.save("notes", List.of(expecting(0, "a", "{}")));
        assertThat(load("a").orElseThrow().version()).isEqualTo(3);
        store.delete("notes", Filter.ALL);
        assertThat(save("a", "{}")).isEqualTo(new Saved("a", 4, true));
    }

    @Test
    void an_empty_save_does_nothing() {
        assertThat(store.save("notes", List.of())).isEmpty();
        assertThat(store.sequence()).isZero();
    }
}
