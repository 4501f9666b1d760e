package io.mcpserver.storage.tinydb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mcpserver.storage.Document;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Python's TinyDB, as Debian has it, opens what this engine wrote, and the other way round. */
@Tag("system")
class TinyDbPythonTest extends TinyDbFixture {

    /** Debian's own Python, which finds Debian's libraries. */
    private static final String PYTHON = "/usr/bin/python3";

    private static final String BEGIN = """
            import sys
            from tinydb import TinyDB, where
            db = TinyDB(sys.argv[1])
            """;

    @BeforeEach
    void requireTinyDb() throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of(PYTHON)) && exitCode(PYTHON, "-c", "import tinydb") == 0,
                "python3-tinydb is not installed");
    }

    @Test
    void python_finds_by_its_own_queries_what_was_saved_here() throws Exception {
        try (TinyDbStore store = open()) {
            save(store, "a", "{'title': 'é 中文 😀', 'year': 2024, 'big': 123456789012345678901234567890, 'half': 0.5}");
            save(store, "b", "{'title': 'other', 'tags': ['x', {'y': null}]}");
            store.save("default", List.of(TinyDbStores.document("d", "{'in': 'the default table'}")));
        }
        assertThat(python("""
                        notes = db.table('notes')
                        print(sorted(db.tables()), len(notes))
                        a = notes.get(where('title') == 'é 中文 😀')
                        print(a['_id'], a['_version'], a['year'], a['big'], a['half'], a['_created'] == a['_updated'])
                        print(notes.get(where('_id') == 'b')['tags'])
                        print(db.all()[0]['in'])
                        """)).isEqualTo("""
                        ['_default', 'notes'] 2
                        a 1 2024 123456789012345678901234567890 0.5 True
                        ['x', {'y': None}]
                        the default table
                        """);
    }

    @Test
    void what_python_wrote_alone_is_opened() throws Exception {
        python("""
                db.insert({'title': 'é 中文 😀', 'n': 1.5, 'deep': {'list': [True, None, -3]}})
                db.table('people').insert_multiple([{'name': 'Ann'}, {'_id': 'bob', 'name': 'Bob'}])
                """);
        try (TinyDbStore store = open()) {
            assertThat(ids(store, "default")).containsExactly("1");
            assertThat(store.load("default", List.of("1")).get("1").content().toString())
                    .isEqualTo("{\"title\":\"é 中文 😀\",\"n\":1.5,\"deep\":{\"list\":[true,null,-3]}}");
            assertThat(ids(store, "people")).containsExactly("1", "bob");
        }
        assertThat(python("print(db.table('people').get(doc_id=2)['_id'], db.all()[0]['_id'])\n"))
                .isEqualTo("bob 1\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "indent=2",
                "ensure_ascii=False, encoding='utf-8'",
                "indent=4, sort_keys=True, separators=(',', ':'), ensure_ascii=False, encoding='utf-8'"
            })
    void a_file_that_python_prints_in_another_way_is_opened_and_python_goes_on_with_what_is_written(String way)
            throws Exception {
        String notes = "notes = TinyDB(sys.argv[1], " + way + ").table('notes')\n";
        python(notes + "notes.insert_multiple([{'_id': 'a', 'title': 'é 中文 😀'}, {'title': 'other'}])\n");
        try (TinyDbStore store = open()) {
            assertThat(ids(store, "notes")).containsExactly("2", "a");
            assertThat(content(store, "a")).isEqualTo("{\"title\":\"é 中文 😀\"}");
            save(store, "c", "{'title': 'ü'}");
        }
        assertThat(
                        python(
                                notes + "notes.insert({'_id': 'd'})\n"
                                        + "print(sorted(row['_id'] for row in notes.all()), notes.get(where('title') == 'ü')['_id'])\n"))
                .isEqualTo("['2', 'a', 'c', 'd'] c\n");
        try (TinyDbStore store = open()) {
            assertThat(ids(store, "notes")).containsExactly("2", "a", "c", "d");
        }
    }

    @Test
    void a_file_goes_to_and_fro_without_losing_anything() throws Exception {
        for (int round = 1; round <= 3; round++) {
            try (TinyDbStore store = open()) {
                save(store, "java" + round, "{'n': 1e300, 'whole': 1.0, 'text': '" + round + "'}");
                save(store, "both", "{'round': " + round + "}");
            }
            python("""
                    notes = db.table('notes')
                    notes.insert({'_id': 'python%d', 'text': '中'})
                    notes.update({'seen': %d}, where('_id') == 'both')
                    notes.remove(where('_id') == 'java%d')
                    """.formatted(round, round, round - 1));
        }
        try (TinyDbStore store = open()) {
            assertThat(ids(store, "notes")).containsExactly("both", "java3", "python1", "python2", "python3");
            Document both = load(store, "both").orElseThrow();
            assertThat(both.content().toString()).isEqualTo("{\"round\":3,\"seen\":3}");
            assertThat(both.version()).as("three saves here, three there").isEqualTo(6);
            assertThat(load(store, "java3").orElseThrow().version())
                    .as("passed on untouched")
                    .isEqualTo(1);
            assertThat(load(store, "python1").orElseThrow().version()).isEqualTo(1);
        }
    }

    @Test
    void python_writes_while_the_store_is_open_and_both_keep_what_they_wrote() throws Exception {
        try (TinyDbStore store = open()) {
            save(store, "a", "{'n': 1}");
            settle(store);
            python("db.table('notes').insert({'_id': 'p', 'n': 2})\n");
            save(store, "b", "{'n': 3}");
            settle(store);
            assertThat(ids(store, "notes")).containsExactly("a", "b", "p");
        }
        assertThat(python("print(sorted(row['_id'] for row in db.table('notes').all()))\n"))
                .isEqualTo("['a', 'b', 'p']\n");
    }

    private String python(String script) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(PYTHON, "-c", BEGIN + script, file().toString()).redirectErrorStream(true);
        builder.environment().put("PYTHONIOENCODING", "utf-8");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private static int exitCode(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
