package io.mcpserver.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.error.ErrorCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What query and count promise. */
abstract class QueryingContract extends WritingContract {

    private void savePeople() {
        save("ann", "{'name': 'Ann', 'age': 30, 'tags': ['x', 'y'], 'address': {'city': 'Bern'}, 'vip': true}");
        save("bob", "{'name': 'Bob', 'age': 25.5, 'tags': [], 'address': {'city': 'Basel'}, 'vip': false}");
        save("cid", "{'name': 'Cid', 'age': null, 'tags': 'x'}");
        save("dan", "{'name': 'dan', 'age': '30', 'created': 'long ago'}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                             | ann bob cid dan",
                "{'age': 30}                                    | ann",
                "{'age': 30.0}                                  | ann",
                "{'age': '30'}                                  | dan",
                "{'age': {'$gt': 25}}                           | ann bob",
                "{'age': {'$gte': 25.5, '$lt': 30}}             | bob",
                "{'age': {'$lte': '4'}}                         | dan",
                "{'age': null}                                  | cid",
                "{'vip': null}                                  | cid dan",
                "{'vip': true}                                  | ann",
                "{'vip': {'$ne': true}}                         | bob cid dan",
                "{'vip': {'$exists': true}}                     | ann bob",
                "{'age': {'$exists': true}}                     | ann bob cid dan",
                "{'address.city': {'$exists': false}}           | cid dan",
                "{'address.city': 'Bern'}                       | ann",
                "{'address': {'city': 'Bern'}}                  | ann",
                "{'address': {'city': 'Bern', 'zip': 1}}        |",
                "{'tags': ['x', 'y']}                           | ann",
                "{'tags': []}                                   | bob",
                "{'tags.1': 'y'}                                | ann",
                "{'tags': {'$contains': 'x'}}                   | ann cid",
                "{'name': {'$contains': 'AN'}}                  | ann dan",
                "{'name': {'$in': ['Ann', 'Bob', 7]}}           | ann bob",
                "{'age': {'$in': [30, null]}}                   | ann cid",
                "{'age': {'$nin': [30, null]}}                  | bob dan",
                "{'name': {'$in': []}}                          |",
                "{'$or': [{'age': 30}, {'name': 'Cid'}]}        | ann cid",
                "{'$and': [{'vip': true}, {'age': 30}]}         | ann",
                "{'$not': {'age': 30}}                          | bob cid dan",
                "{'age': {'$not': {'$gt': 0}}}                  | cid dan",
                "{'id': 'ann'}                                  | ann",
                "{'id': {'$gt': 'bob'}}                         | cid dan",
                "{'version': 1}                                 | ann bob cid dan",
                "{'created': {'$gt': '2020-01-01T00:00:00Z'}}   | ann bob cid dan",
                "{'created': {'$lt': '2020-01-01'}}             |",
                "{'content.created': 'long ago'}                | dan"
            })
    void a_filter_selects(String filter, String expected) {
        savePeople();
        List<String> ids = expected == null ? List.of() : List.of(expected.split(" "));
        assertThat(ids(filter)).isEqualTo(ids);
        assertThat(store.count("notes", filter(filter))).isEqualTo(ids.size());
    }

    @Test
    void whole_numbers_of_64_bits_are_told_apart() {
        save("a", "{'n': 9007199254740992}");
        save("b", "{'n': 9007199254740993}");
        save("c", "{'n': 18446744073709551615}");
        assertThat(ids("{'n': 9007199254740993}")).containsExactly("b");
        assertThat(ids("{'n': {'$gt': 9007199254740992}}")).containsExactly("b", "c");
        assertThat(ids("{}", "-n")).containsExactly("c", "b", "a");
    }

    @Test
    void a_path_may_hold_what_sql_and_pointers_make_much_of() {
        save("a", "{'it´s /~1 ?': {'\\\"$[0]': 1}, '; DROP TABLE doc': 2}".replace("´", "\\u0027"));
        assertThat(store.count("notes", new Filter.Compare("it's /~1 ?.\"$[0]", Filter.Operator.EQ, json("1"))))
                .isEqualTo(1);
        assertThat(store.count("notes", new Filter.Compare("; DROP TABLE doc", Filter.Operator.EQ, json("2"))))
                .isEqualTo(1);
        assertThat(store.count("notes", new Filter.Compare("'; --", Filter.Operator.EQ, json("2"))))
                .isZero();
    }

    @Test
    void a_bad_path_in_a_filter_or_a_sort_key_is_refused() {
        for (String path : List.of("", "a..b", ".", "a\u0000")) {
            refused(ErrorCode.INVALID_ARGUMENT, () -> store.count("notes", new Filter.Exists(path, true)));
            refused(
                    ErrorCode.INVALID_ARGUMENT,
                    () -> store.query(new Query(
                            "notes", Filter.ALL, List.of(new Query.Sort(path, false)), 10, Optional.empty())));
        }
    }

    @Test
    void types_have_an_order_and_a_descending_key_turns_all_of_it() {
        save("1", "{}");
        save("2", "{'k': null}");
        save("3", "{'k': false}");
        save("4", "{'k': true}");
        save("5", "{'k': -1e300}");
        save("6", "{'k': 7}");
        save("7", "{'k': 'A'}");
        save("8", "{'k': '\\uFFFD'}");
        save("9", "{'k': '😀'}");
        save("x", "{'k': []}");
        save("y", "{'k': {}}");
        assertThat(ids("{}", "k")).containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9", "x", "y");
        assertThat(ids("{}", "-k")).containsExactly("x", "y", "9", "8", "7", "6", "5", "4", "3", "1", "2");
    }

    @Test
    void several_keys_sort_by_weight_and_own_properties_sort_too() {
        save("a", "{'x': 1, 'y': 1}");
        save("b", "{'x': 1, 'y': 2}");
        save("c", "{'x': 0, 'y': 3}");
        save("a", "{'x': 1, 'y': 1}");
        assertThat(ids("{}", "-x", "-y")).containsExactly("b", "a", "c");
        assertThat(ids("{}", "-version")).containsExactly("a", "b", "c");
        assertThat(ids("{}", "-id")).containsExactly("c", "b", "a");
        assertThat(ids("{}", "updated")).containsExactly("b", "c", "a");
    }

    @Test
    void pages_follow_each_other_without_gap_or_repetition_under_ties_and_across_a_restart() {
        store.save(
                "notes",
                IntStream.range(0, 53)
                        .mapToObj(i -> document("id" + i, "{'k': " + i % 3 + "}"))
                        .toList());
        List<String> paged = new ArrayList<>();
        Query.Page page = query("{'k': {'$lt': 2}}", 7, null, "-k");
        while (true) {
            assertThat(page.total()).isEqualTo(36);
            page.documents().forEach(document -> paged.add(document.id()));
            if (page.nextCursor().isEmpty()) {
                break;
            }
            reopen();
            page = query("{'k': {'$lt': 2}}", 7, page.nextCursor().get(), "-k");
            assertThat(page.documents()).isNotEmpty();
        }
        assertThat(paged).isEqualTo(ids("{'k': {'$lt': 2}}", "-k")).hasSize(36);
    }

    @Test
    void a_page_continues_where_it_ended_although_documents_came_and_went() {
        for (String id : List.of("b", "d", "f", "h")) {
            save(id, "{}");
        }
        Query.Page first = query("{}", 2, null);
        store.delete("notes", List.of("d"));
        save("a", "{}");
        save("e", "{}");
        Query.Page second = query("{}", 10, first.nextCursor().orElseThrow());
        assertThat(second.documents()).extracting(Document::id).containsExactly("e", "f", "h");
        assertThat(second.nextCursor()).isEmpty();
    }

    @Test
    void a_cursor_after_everything_gives_an_empty_page_with_the_total() {
        save("a", "{}");
        save("b", "{}");
        String cursor = query("{}", 1, null).nextCursor().orElseThrow();
        store.delete("notes", List.of("b"));
        Query.Page page = query("{}", 1, cursor);
        assertThat(page.documents()).isEmpty();
        assertThat(page.total()).isEqualTo(1);
    }

    @Test
    void a_cursor_of_another_query_or_of_nothing_is_refused() {
        save("a", "{}");
        save("b", "{}");
        String cursor = query("{}", 1, null, "x").nextCursor().orElseThrow();
        refused(ErrorCode.INVALID_ARGUMENT, () -> query("{}", 1, cursor, "-x"));
        refused(ErrorCode.INVALID_ARGUMENT, () -> query("{'x': null}", 1, cursor, "x"));
        for (String broken : List.of("", "%", "bm9wZQ", cursor.substring(2), "A".repeat(20_000))) {
            refused(ErrorCode.INVALID_ARGUMENT, () -> query("{}", 1, broken, "x"));
        }
    }

    @Test
    void a_page_of_large_documents_ends_early_and_goes_on() {
        String text = "x".repeat(900_000);
        for (int i = 10; i < 30; i++) {
            store.save(
                    "notes", List.of(new DocumentToSave("id" + i, object("{}").put("text", text))));
        }
        Query.Page page = query("{}", 1_000, null);
        assertThat(page.total()).isEqualTo(20);
        int seen = page.documents().size();
        assertThat(seen).isBetween(1, 19);
        while (page.nextCursor().isPresent()) {
            page = query("{}", 1_000, page.nextCursor().get());
            seen += page.documents().size();
        }
        assertThat(seen).isEqualTo(20);
    }

    @Test
    void an_unknown_collection_is_empty() {
        assertThat(query("{'a': 1}", 10, null, "b")).isEqualTo(new Query.Page(List.of(), Optional.empty(), 0));
        assertThat(store.count("unknown", Filter.ALL)).isZero();
    }

    @Test
    void a_limit_out_of_range_is_refused() {
        refused(ErrorCode.INVALID_ARGUMENT, () -> query("{}", 0, null));
        refused(ErrorCode.INVALID_ARGUMENT, () -> query("{}", 1_001, null));
    }

    @Test
    void times_are_compared_to_the_microsecond() {
        save("a", "{}");
        Instant created = load("a").orElseThrow().created();
        assertThat(ids("{'created': '" + created + "'}")).containsExactly("a");
        assertThat(ids("{'created': {'$gt': '" + created + "'}}")).isEmpty();
        assertThat(ids("{'updated': {'$lt': '" + created.plusNanos(1_000) + "'}}"))
                .containsExactly("a");
    }
}
