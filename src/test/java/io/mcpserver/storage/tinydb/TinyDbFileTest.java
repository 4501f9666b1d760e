package io.mcpserver.storage.tinydb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.CollectionInfo;
import io.mcpserver.storage.Document;
import io.mcpserver.storage.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TinyDB's file as it is written and read. */
class TinyDbFileTest extends TinyDbFixture {

    @Test
    void a_document_is_a_line_of_its_table_with_id_version_and_times_before_its_content() throws Exception {
        try (TinyDbStore store = open()) {
            save(store, "a", "{'title': 'é 中文 😀', 'list': [1, 2.5, []], 'none': null, 'map': {'x': {}}}");
            store.save("default", List.of(TinyDbStores.document("d", "{}")));
            save(store, "b", "{}");
            settle(store);
            Document a = load(store, "a").orElseThrow();
            Document b = load(store, "b").orElseThrow();
            Document d = store.load("default", List.of("d")).get("d");
            assertThat(text()).isEqualTo("""
                            {"_default": {
                            "1": {"_id": "d", "_version": 1, "_created": "%s", "_updated": "%s"}
                            },
                            "notes": {
                            "1": {"_id": "a", "_version": 1, "_created": "%s", "_updated": "%s", \
                            "title": "\\u00E9 \\u4E2D\\u6587 \\uD83D\\uDE00", "list": [1, 2.5, []], "none": null, "map": {"x": {}}},
                            "2": {"_id": "b", "_version": 1, "_created": "%s", "_updated": "%s"}
                            }}
                            """.formatted(
                            d.created(), d.updated(), a.created(), a.updated(), b.created(), b.updated()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"notes\": {\"1\": {\"t\": \"\\u4e2d \\ud83d\\ude00 /\", \"n\": 1e2}}, \"_default\": {}}",
                "{\n    \"notes\": {\n        \"1\": {\n            \"t\": \"中 😀 /\",\n            \"n\": 100.0\n        }\n    }\n}\n",
                "\uFEFF{\"notes\":{\"1\":{\"t\":\"中 😀 \\/\",\"n\":100.0}}}"
            })
    void a_file_of_somebody_else_is_opened_on_one_line_pretty_printed_escaped_or_not(String text) throws Exception {
        write(text);
        try (TinyDbStore store = open()) {
            assertThat(content(store, "1")).isEqualTo("{\"t\":\"中 😀 /\",\"n\":100.0}");
            assertThat(load(store, "1").orElseThrow().version()).isEqualTo(1);
        }
        try (TinyDbStore store = open()) {
            assertThat(content(store, "1")).isEqualTo("{\"t\":\"中 😀 /\",\"n\":100.0}");
        }
        assertThat(text()).contains("\"1\": {\"_id\": \"1\", \"_version\": 1,");
    }

    @Test
    void documents_of_the_default_table_are_the_collection_default() throws Exception {
        write("{\"_default\": {\"3\": {\"x\": 1}, \"7\": {\"_id\": \"named\", \"x\": 2}}}");
        try (TinyDbStore store = open()) {
            assertThat(ids(store, "default")).containsExactly("3", "named");
            store.save("default", List.of(TinyDbStores.document("new", "{}")));
        }
        assertThat(text()).contains("\"3\": {\"_id\": \"3\"").contains("\"8\": {\"_id\": \"new\"");
    }

    @Test
    void ids_versions_and_times_come_with_the_file_alone() throws Exception {
        Instant created;
        try (TinyDbStore store = open()) {
            save(store, "a", "{'n': 1}");
            save(store, "a", "{'n': 2}");
            created = load(store, "a").orElseThrow().created();
        }
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Files.copy(file(), elsewhere.resolve("documents.json"));
        try (TinyDbStore store = TinyDbStores.open(elsewhere)) {
            Document a = load(store, "a").orElseThrow();
            assertThat(a.version()).isEqualTo(2);
            assertThat(a.created()).isEqualTo(created);
            assertThat(store.sequence()).as("beyond what any index has read").isGreaterThan(1L << 40);
        }
    }

    @Test
    void fields_that_are_called_like_ours_come_back_as_they_were() {
        String content = "{\"_id\":\"x\",\"__id\":1,\"_version\":9,\"___created\":null,\"_other\":true}";
        try (TinyDbStore store = open()) {
            save(store, "a", content);
        }
        try (TinyDbStore store = open()) {
            assertThat(content(store, "a")).isEqualTo(content);
        }
    }

    @Test
    void tables_that_can_be_no_collections_are_kept_as_they_are() throws Exception {
        write("{\"my table\": {\"1\": {\"x\": 1.5}}, \"default\": {\"2\": {}}, \"notes\": {\"1\": {}}}");
        try (TinyDbStore store = open()) {
            assertThat(store.collections()).extracting(CollectionInfo::name).containsExactly("notes");
            save(store, "a", "{}");
        }
        assertThat(text()).contains("\"my table\": {\"1\": {\"x\": 1.5}}").contains("\"default\": {\"2\": {}}");
    }

    @Test
    void of_two_documents_with_one_id_both_are_kept() throws Exception {
        write("{\"notes\": {\"1\": {\"_id\": \"a\", \"n\": 1}, \"2\": {\"_id\": \"a\", \"n\": 2}}}");
        try (TinyDbStore store = open()) {
            assertThat(content(store, "a")).isEqualTo("{\"n\":1}");
            assertThat(content(store, "2")).isEqualTo("{\"n\":2}");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]                                | one JSON object",
                "{\"notes\": []}                   | the table 'notes' must be an object",
                "{\"notes\": {\"a\": {}}}          | document a of the table 'notes' must have a whole number",
                "{\"notes\": {\"1\": 2}}           | document 1 of the table 'notes' must be an object",
                "{\"notes\": {\"1\": {\"x\": NaN}}} | line 1",
                "{\"notes\": {\"1\": {}}           | line 1",
                "{\"notes\": {}} x                 | it is no JSON",
                "{\"notes\": {\"1\": {\"x\": \"\\ud83d\"}}} | half of a surrogate pair",
                "x                                 | it is no JSON"
            })
    void what_is_no_file_of_tinydb_is_refused_with_its_place_and_left_as_it_is(String text, String why)
            throws Exception {
        write(text);
        StoreException refusal = refused(ErrorCode.STORE_UNAVAILABLE, this::open);
        assertThat(refusal).hasMessageContaining(file().toString()).hasMessageContaining(why);
        assertThat(text()).isEqualTo(text);
        assertThat(refused(ErrorCode.STORE_UNAVAILABLE, this::open)).hasMessage(refusal.getMessage());
    }

    @Test
    void an_empty_file_is_an_empty_database_unless_there_were_documents() throws Exception {
        write("");
        try (TinyDbStore store = open()) {
            assertThat(store.collections()).isEmpty();
            save(store, "a", "{}");
        }
        String before = text();
        write("");
        assertThat(refused(ErrorCode.STORE_UNAVAILABLE, this::open))
                .hasMessageContaining("is empty, although it had 1");
        Files.delete(file());
        assertThat(refused(ErrorCode.STORE_UNAVAILABLE, this::open)).hasMessageContaining("is gone");
        write(before);
        try (TinyDbStore store = open()) {
            assertThat(load(store, "a")).isPresent();
        }
        write("{}");
        try (TinyDbStore store = open()) {
            assertThat(store.collections()).isEmpty();
            assertThat(heard).last().satisfies(change -> assertThat(change.document())
                    .isEmpty());
        }
    }

    @Test
    void a_state_that_is_damaged_is_refused() throws Exception {
        try (TinyDbStore store = open()) {
            save(store, "a", "{}");
        }
        Path state = directory.resolve("documents.state");
        Files.writeString(state, Files.readString(state).replace("\"version\":1", "\"version\":2"));
        assertThat(refused(ErrorCode.STORE_UNAVAILABLE, this::open)).hasMessageContaining(state.toString());
    }

    @Test
    void a_link_in_place_of_the_file_and_the_rights_of_the_file_are_kept() throws Exception {
        Path real = directory.resolve("elsewhere.json");
        Files.writeString(real, "{}");
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-r-----"));
        Files.createSymbolicLink(file(), real);
        try (TinyDbStore store = open()) {
            save(store, "a", "{}");
        }
        assertThat(file()).isSymbolicLink();
        assertThat(Files.readString(real)).contains("\"_id\": \"a\"");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(real)))
                .isEqualTo("rw-r-----");
    }

    @Test
    void more_than_memory_is_made_for_is_refused() throws IOException {
        String text = "x".repeat(90_000);
        try (TinyDbStore store = TinyDbStores.openSmall(directory)) {
            int saved = 0;
            StoreException refusal = null;
            while (refusal == null) {
                String id = "id" + saved++;
                refusal = catchThrowableOfType(StoreException.class, () -> save(store, id, "{'text': '" + text + "'}"));
            }
            assertThat(refusal.code()).isEqualTo(ErrorCode.TOO_LARGE);
            assertThat(refusal).hasMessageContaining("duckdb");
            assertThat(saved * 90_000L).isBetween(2_000_000L, 2_300_000L);
            assertThat(store.delete("notes", List.of("id0", "id1"))).isEqualTo(2);
            save(store, "small", "{}");
        }
    }
}
