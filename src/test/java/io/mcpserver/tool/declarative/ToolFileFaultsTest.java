package io.mcpserver.tool.declarative;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people write by mistake is told with line, key and what would be right. */
class ToolFileFaultsTest {

    @TempDir
    Path folder;

    @Test
    void allFaultsAreToldAtOnce() {
        assertThat(faults("""
                tools:
                  - name: one tool
                    descripton: misspelt
                    timeout: soon
                    rate: 10 per day
                    text: hello
                  - name: two
                    description: fine
                    query: {collecton: notes, limit: many}
                    tests:
                      - expect: {max_itms: 3}
                """))
                .containsExactlyInAnyOrder(
                        "tools.yaml:2: tools[0]: lacks \"description\"",
                        "tools.yaml:2: tools[0].name: must be 1 to 64 of A-Z a-z 0-9 _ . -",
                        "tools.yaml:3: tools[0].descripton: unknown key; there are name, title, description, input,"
                                + " input_schema, output, annotations, icons, timeout, rate, scope, groups, cache,"
                                + " confirm, tests, "
                                + String.join(", ", Kinds.all().keySet())
                                + "; did you mean \"description\"?",
                        "tools.yaml:4: tools[0].timeout: must be a number, but is \"soon\"",
                        "tools.yaml:5: tools[0].rate: must be such as 10/minute; there are second, minute and hour",
                        "tools.yaml:9: tools[1].query: lacks \"collection\"",
                        "tools.yaml:9: tools[1].query.collecton: unknown key; there are collection, where, sort, limit,"
                                + " cursor, fields; did you mean \"collection\"?",
                        "tools.yaml:9: tools[1].query.limit: must be a whole number from 1 to 1000, or such as"
                                + " \"${limit}\"",
                        "tools.yaml:11: tools[1].tests[0].expect.max_itms: unknown key; there are equals, subset, text,"
                                + " text_contains, schema, jsonpath, min_items, max_items, error; did you mean"
                                + " \"max_items\"?");
    }

    @Test
    void aToolDoesExactlyOneThing() {
        String kinds = String.join(", ", Kinds.all().keySet());
        assertThat(faults("tools:\n  - {name: a, description: nothing}\n"))
                .containsExactly("tools.yaml:2: tools[0]: does not say what the tool does; it needs one of " + kinds);
        assertThat(faults("tools:\n  - name: a\n    description: both\n    search: {query: x}\n    text: x\n"))
                .containsExactly(
                        "tools.yaml:5: tools[0].text: cannot stand beside search: a tool does one thing, one of "
                                + kinds);
    }

    @Test
    void aKeyThatStandsTwiceIsRefused() {
        assertThat(faults("tools:\n  - name: a\n    description: x\n    name: b\n    text: x\n"))
                .containsExactly("tools.yaml:4: tools[0].name: stands twice; remove one");
    }

    @Test
    void aNameThatTwoToolsHaveIsRefused() {
        assertThat(faults("""
                tools:
                  - {name: a, description: x, text: x}
                  - {name: a, description: y, text: y}
                """)).containsExactly("tools.yaml:3: tools[1].name: \"a\" stands already in line 2");
    }

    @Test
    void anInputIsJsonSchema() {
        assertThat(faults("""
                tools:
                  - name: a
                    description: x
                    input:
                      one: {type: strng}
                      two: {type: integer, minimum: low}
                      three: {type: integer, default: many}
                      four: {$ref: "https://example.com/schema.json"}
                      five: {from: caller.mail}
                    text: x
                """)).satisfiesExactly(fault -> assertThat(fault)
                .contains("tools.yaml:9: tools[0].input.five.from: must be caller.name"));
        assertThat(faults("""
                tools:
                  - name: a
                    description: x
                    input:
                      one: {type: strng}
                      two: {type: integer, minimum: low}
                      three: {type: integer, default: many}
                      four: {$ref: "https://example.com/schema.json"}
                      six: {type: string, pattern: "("}
                    text: x
                """))
                .satisfiesExactly(
                        fault -> assertThat(fault)
                                .startsWith("tools.yaml:5: tools[0].input.one.type: is not valid JSON Schema: type must"
                                        + " be one of string,"),
                        fault -> assertThat(fault).startsWith("tools.yaml:6: tools[0].input.two.minimum: is not valid"),
                        fault -> assertThat(fault)
                                .startsWith("tools.yaml:7: tools[0].input.three.default: does not conform"),
                        fault -> assertThat(fault)
                                .startsWith("tools.yaml:8: tools[0].input.four.$ref: must begin with #"),
                        fault -> assertThat(fault).startsWith("tools.yaml:9: tools[0].input.six"));
    }

    @Test
    void aWordThatIsNoKeywordIsAWarning() {
        KindFixture file = KindFixture.load("""
            tools:
              - name: a
                description: x
                input:
                  one: {type: integer, minimun: 1, x-mine: anything}
                  two: {type: object, properties: {b: {type: string}}, required: [b]}
                text: "${two}"
            """, TestSurroundings.in(folder));
        assertThat(file.faults()).isEmpty();
        assertThat(file.warnings())
                .containsExactly(
                        "tools.yaml:5: warning: tools[0].input.one.minimun: is no keyword of JSON Schema, and has"
                                + " no effect; did you mean \"minimum\"?");
        assertThat(file.failure("a", "{'one': 1, 'two': {}}")).hasMessageContaining("two needs the field \"b\"");
        assertThat(file.text("a", "{'one': 1, 'two': {'b': 'c'}}")).isEqualTo("{\"b\":\"c\"}");
    }

    @Test
    void aFilterIsCheckedWhenTheFileIsRead() {
        assertThat(faults("""
                tools:
                  - name: a
                    description: x
                    input: {year: {type: integer}}
                    query:
                      collection: notes
                      where: {year: {$gtee: "${year}"}}
                """))
                .singleElement()
                .asString()
                .startsWith(
                        "tools.yaml:7: tools[0].query.where: is no filter: 'where.year.$gtee' is no operator: did you"
                                + " mean $gte?");
    }

    @Test
    void whatIsKeptMustBeVoidedBySomething() {
        assertThat(faults("""
                tools:
                  - {name: a, description: x, search: {query: x}, cache: true}
                  - name: b
                    description: x
                    annotations: {read_only: false}
                    text: x
                    cache: {ttl: 5}
                """))
                .satisfiesExactly(
                        fault -> assertThat(fault).contains("tools[0].cache: must name the collections"),
                        fault -> assertThat(fault).contains("tools[1].cache: is only for tools that only read"));
    }

    @Test
    void whatATestCannotExpectIsTold() {
        assertThat(faults("""
                tools:
                  - name: a
                    description: x
                    text: x
                    tests:
                      - expect: {error: {code: NOT_FOND}}
                      - expect: {jsonpath: {"$.[": 1}}
                      - expect: {jsonpath: {"$.a": {max: 1, minn: 0}}}
                      - expect: {jsonpath: {"$.a": {matches: "("}}}
                """))
                .satisfiesExactly(
                        fault -> assertThat(fault).contains(":6: ", "did you mean \"NOT_FOUND\"?"),
                        fault -> assertThat(fault).contains(":7: ", "is no JSONPath"),
                        fault -> assertThat(fault).contains(":8: ", "did you mean \"min\"?"),
                        fault -> assertThat(fault).contains(":9: ", "is no regular expression"));
    }

    @Test
    void aFileMayHaveNothingButMustSayIt() {
        assertThat(faults("")).containsExactly("tools.yaml: is empty; it must have tools:, prompts: or resources:");
        assertThat(faults("just a text")).containsExactly("tools.yaml:1: must be a mapping, but is \"just a text\"");
    }

    private List<String> faults(String yaml) {
        return KindFixture.load(yaml, TestSurroundings.in(folder)).faults();
    }
}
