package io.mcpserver.tool.dropin;

import static io.mcpserver.tool.dropin.DropIns.problems;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.tool.file.FileTest;
import io.mcpserver.tool.file.LoadedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The examples of a tool are its tests. */
@Timeout(120)
class ExamplesTest {

    @TempDir
    Path folder;

    private DropIns dropIns;

    @BeforeEach
    void open() {
        dropIns = new DropIns(folder);
    }

    @AfterEach
    void close() {
        dropIns.close();
    }

    @Test
    void anExampleThatHoldsPassesAndAnyOtherSaysWhatCameInstead() {
        LoadedFile file = dropIns.members("""
                record Answer(int number, List<String> words, Optional<Answer> more) {}
                @Tool(description = "Answers.")
                @Example(given = "{\\"n\\": 1}", expect = "{\\"number\\": 1.0, \\"words\\": [\\"a\\"]}")
                @Example(given = "{\\"n\\": -1}", fails = "NOT_FOUND")
                @Example(given = "{\\"n\\": 1}", expect = "")
                @Example(name = "wrong number", given = "{\\"n\\": 1}", expect = "{\\"number\\": 2}")
                @Example(name = "wrong words", given = "{\\"n\\": 1}", expect = "{\\"words\\": [\\"a\\", \\"b\\"]}")
                @Example(name = "missing", given = "{\\"n\\": 1}", expect = "{\\"more\\": {\\"number\\": 3}}")
                @Example(name = "fails", given = "{\\"n\\": -1}", expect = "{}")
                @Example(name = "does not", given = "{\\"n\\": 1}", fails = "CONFLICT")
                static Answer answer(int n) {
                    if (n < 0) throw new ToolError(ToolError.Code.NOT_FOUND, "No such number.");
                    return new Answer(n, List.of("a"), Optional.empty());
                }
                @Tool(description = "Says.") @Example(expect = "\\"hello\\"") static String say() { return "hello"; }""");
        assertThat(dropIns.failedTests(file))
                .containsExactly(
                        "wrong number: expected 2 at /number, but came 1",
                        "wrong words: expected [\"a\",\"b\"] at /words, but came [\"a\"]",
                        "missing: expected {\"number\":3} at /more, but came nothing",
                        "fails: expected an answer, but it failed with NOT_FOUND: No such number.",
                        "does not: expected the failure CONFLICT, but it answered {\"number\":1,\"words\":[\"a\"]}");
        assertThat(file.tests()).extracting(FileTest::name).contains("example 1", "example 2", "wrong words");
        assertThat(file.tests()).extracting(FileTest::line).doesNotContain(0);
    }

    @Test
    void theSampleInToolsPassesItsOwnTests() throws IOException {
        Path sample = Path.of("tools/TextStatistics.java");
        LoadedFile file = dropIns.java("TextStatistics.java", Files.readString(sample));
        assertThat(problems(file)).isEmpty();
        assertThat(file.tests()).hasSizeGreaterThan(2);
        assertThat(dropIns.failedTests(file)).isEmpty();
    }
}
