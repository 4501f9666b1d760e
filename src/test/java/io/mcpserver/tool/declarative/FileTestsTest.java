package io.mcpserver.tool.declarative;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.storage.index.Shelf;
import io.mcpserver.tool.file.LoadedFile;
import io.mcpserver.tool.trial.TestReport;
import io.mcpserver.tool.trial.ToolTestBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tests that stand in files. */
class FileTestsTest {

    private static final String NOTES = """
        documents:
          notes:
            - {id: a, title: Ship it, tag: release, year: 2024}
            - {id: b, title: Lunch, tag: food, year: 2025}
        tools:
          - name: by_tag
            description: Notes with a tag.
            input: {tag: {type: string}}
            query: {collection: notes, where: {tag: "${tag}"}, fields: [title, year]}
            tests:
        """;

    @TempDir
    Path folder;

    @Test
    void whatIsExpectedAndComesPasses() throws IOException {
        assertThat(run(NOTES, """
              - given: {tag: release}
                expect:
                  subset: {documents: [{content: {title: Ship it, year: 2024.0}}], total: 1}
                  min_items: 1
                  max_items: 1
                  text_contains: Ship
                  schema: {type: object, required: [documents]}
                  jsonpath:
                    "$.documents[0].content.title": Ship it
                    "$.documents[0].content.year": {min: 2024, max: 2024, equals: 2024}
                    "$.documents[0].id": {matches: "^[a-z]$", length: 1}
                    "$.documents[*].id": {length: 1, exists: true}
                    "$.next_cursor": {exists: false}
              - name: no tag
                expect: {error: {code: INVALID_ARGUMENT, message_contains: needs the argument}}
              - name: another store
                store: {notes: [{title: Only one, tag: release}]}
                given: {tag: release}
                expect: {jsonpath: {"$.documents[0].content.title": Only one}}
            """)).hasSize(3).allMatch(TestReport::passed);
    }

    @Test
    void whatIsExpectedAndDoesNotComeIsTold() throws IOException {
        List<TestReport> reports = run(NOTES, """
              - {name: equals, given: {tag: release}, expect: {equals: {documents: []}}}
              - {name: subset, given: {tag: release}, expect: {subset: {documents: [{content: {title: Lunch}}]}}}
              - {name: items, given: {tag: release}, expect: {min_items: 2}}
              - {name: path, given: {tag: release}, expect: {jsonpath: {"$.documents[0].content.year": {min: 2025}}}}
              - {name: missing, given: {tag: release}, expect: {jsonpath: {"$.none": 1}}}
              - {name: error, given: {tag: release}, expect: {error: {code: NOT_FOUND}}}
              - {name: result, given: {}, expect: {max_items: 1}}
              - {name: schema, given: {tag: release}, expect: {schema: {required: [hits]}}}
              - {name: text, given: {tag: release}, expect: {text: Lunch}}
            """);
        assertThat(reports).noneMatch(TestReport::passed);
        assertThat(reports.stream().map(TestReport::render))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith(
                                        "notes.yaml:11: the test \"equals\" of by_tag failed: expected {\"documents\":[]}, but the result is"
                                                + " {\"documents\":[{"),
                        line -> assertThat(line)
                                .endsWith(
                                        "the test \"subset\" of by_tag failed: expected $.documents[0].content.title to be \"Lunch\", but it"
                                                + " is \"Ship it\""),
                        line -> assertThat(line).endsWith("failed: expected at least 2 items, but there are 1"),
                        line -> assertThat(line)
                                .endsWith(
                                        "failed: expected $.documents[0].content.year to be at least 2025, but it is 2024"),
                        line -> assertThat(line).endsWith("failed: expected $.none to be 1, but it is nothing"),
                        line -> assertThat(line)
                                .contains("failed: expected an error NOT_FOUND, but the call succeeded with"),
                        line -> assertThat(line)
                                .contains("failed: expected a result, but the call failed with INVALID_ARGUMENT"),
                        line -> assertThat(line).contains("failed: expected what the schema says"),
                        line -> assertThat(line).contains("failed: expected the text \"Lunch\", but it is"));
    }

    @Test
    void aTestCallsAsSomebody() throws IOException {
        assertThat(run("""
            tools:
              - name: me
                description: Who calls.
                input: {who: {from: caller.name}, team: {from: caller.namespace}, mail: {from: caller.claims.mail}}
                text: "${who} of ${team}, ${mail}"
                tests:
                  - as: {name: ann, namespace: blue, claims: {mail: ann@example.com}}
                    expect: {text: "ann of blue, ann@example.com"}
                  - expect: {error: {code: UNSUPPORTED}}
                  - given: {who: bob}
                    expect: {error: {code: INVALID_ARGUMENT}}
            """)).hasSize(3).allMatch(TestReport::passed);
    }

    @Test
    void aTestWithoutDocumentsIsRunOnTheBenchThatItIsGiven() throws IOException {
        try (Shelf shelf = Shelf.open(folder.resolve("store"), Shelf.NO_MODEL)) {
            shelf.save("a", "a note of the server");
            TestSurroundings surroundings = TestSurroundings.in(folder).store(shelf.store());
            assertThat(run("""
                tools:
                  - name: all
                    description: All notes.
                    query: {collection: notes}
                    tests:
                      - expect: {max_items: 1, min_items: 1}
                      - store: {notes: [{title: One}, {title: Two}]}
                        expect: {min_items: 2}
                      - store: {}
                        expect: {max_items: 0}
                """, surroundings)).hasSize(3).allMatch(TestReport::passed);
        }
    }

    private List<TestReport> run(String yaml, String tests) throws IOException {
        return run(yaml + tests.indent(6));
    }

    private List<TestReport> run(String yaml) throws IOException {
        return run(yaml, TestSurroundings.in(folder));
    }

    private List<TestReport> run(String yaml, TestSurroundings surroundings) throws IOException {
        Path file = Files.writeString(folder.resolve("notes.yaml"), yaml);
        LoadedFile loaded = new YamlToolFiles().load(file, "notes.yaml", surroundings);
        assertThat(loaded.problems()).isEmpty();
        try (ToolTestBench bench =
                ToolTestBench.of(surroundings.config(), loaded.offer().tools())) {
            return loaded.tests().stream()
                    .map(test -> TestReport.of("notes.yaml", test, bench))
                    .toList();
        }
    }
}
