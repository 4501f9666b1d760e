package io.mcpserver.tool.dropin;

import static io.mcpserver.tool.dropin.DropIns.json;
import static io.mcpserver.tool.dropin.DropIns.problems;
import static io.mcpserver.tool.dropin.DropIns.tool;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.config.Problem;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.tool.ToolPolicy.Rate;
import io.mcpserver.tool.ToolSpec;
import io.mcpserver.tool.ToolSpec.Hints;
import io.mcpserver.tool.file.LoadedFile;
import io.mcpserver.tool.file.ToolFileFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file with a class becomes tools that can be called. */
@Timeout(120)
class JavaToolFileTest {

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
    void theFormatsAreFoundByTheirService() {
        assertThat(ServiceLoader.load(ToolFileFormat.class).stream().map(ServiceLoader.Provider::type))
                .contains(JavaToolFile.class, JarToolFile.class);
    }

    @Test
    void aMarkedMethodIsAToolWithTheNameOfTheMethodAndTheArgumentsOfItsParameters() {
        LoadedFile file = dropIns.members("""
                @Tool(description = "Greets somebody.", readOnly = true, openWorld = false)
                public String greetPerson(@Arg(description = "who") String name, int times) {
                    return ("Hello " + name + ". ").repeat(times).strip();
                }""");
        ToolSpec tool = tool(file, "greet_person");
        assertThat(tool.description()).isEqualTo("Greets somebody.");
        assertThat(tool.hints()).isEqualTo(Hints.READS);
        assertThat(tool.inputSchema()).isEqualTo(json("""
                {'type': 'object',
                 'properties': {'name': {'type': 'string', 'description': 'who'}, 'times': {'type': 'integer'}},
                 'required': ['name', 'times'], 'additionalProperties': false}"""));
        assertThat(dropIns.answer(file, "greet_person", "{'name': 'Ann', 'times': 2}")
                        .text())
                .isEqualTo("Hello Ann. Hello Ann.");
    }

    @Test
    void whatTheAnnotationSaysIsWhatTheGuardObeys() {
        ToolSpec tool = tool(dropIns.members("""
                @Tool(name = "clean-up", title = "Clean up", description = "Cleans.", idempotent = true,
                      timeoutSeconds = 7, scope = "admin", groups = {"care", "night"}, confirm = true, callsPerMinute = 3)
                static void clean() {}"""), "clean-up");
        assertThat(tool.title()).isEqualTo("Clean up");
        assertThat(tool.hints()).isEqualTo(new Hints(false, true, true, true));
        assertThat(tool.policy().timeout()).contains(Duration.ofSeconds(7));
        assertThat(tool.policy().scope()).contains("admin");
        assertThat(tool.policy().groups()).containsExactlyInAnyOrder("care", "night");
        assertThat(tool.policy().confirm()).isTrue();
        assertThat(tool.policy().rate()).contains(new Rate(3, Duration.ofMinutes(1)));
    }

    @Test
    void aMethodWithoutAResultSaysThatItIsDone() {
        LoadedFile file = dropIns.members("@Tool(description = \"Works.\") static void work() {}");
        assertThat(dropIns.answer(file, "work", "{}").text()).isEqualTo("Done.");
    }

    @Test
    void aFileMayHaveAPackageAndSeveralClassesWithTools() {
        LoadedFile file = dropIns.java("Outer.java", """
                package com.example.tools;
                import io.mcpserver.tool.api.Tool;
                public class Outer {
                    @Tool(description = "One.") public static int one() { return Helper.number(); }
                    static class Inner {
                        @Tool(description = "Two.") int two() { return 2; }
                    }
                }
                class Other {
                    @Tool(description = "Three.") int three() { return 3; }
                }
                class Helper { static int number() { return 1; } }
                """);
        assertThat(dropIns.answer(file, "one", "{}").text()).isEqualTo("1");
        assertThat(dropIns.answer(file, "two", "{}").text()).isEqualTo("2");
        assertThat(dropIns.answer(file, "three", "{}").text()).isEqualTo("3");
    }

    @Test
    void oneInstanceServesAllCalls() {
        LoadedFile file = dropIns.members("""
                private final java.util.concurrent.atomic.AtomicLong calls = new java.util.concurrent.atomic.AtomicLong();
                @Tool(description = "Counts its calls.") public long count() { return calls.incrementAndGet(); }""");
        for (int i = 1; i < 1_000; i++) {
            dropIns.answer(file, "count", "{}");
        }
        assertThat(dropIns.answer(file, "count", "{}").json()).isEqualTo("{\"result\":1000}");
    }

    @Test
    void aChangedFileIsAnotherVersion() {
        String one = "@Tool(description = \"One.\") int number() { return 1; }";
        String version = tool(dropIns.members(one), "number").version();
        assertThat(tool(dropIns.members(one), "number").version()).isEqualTo(version);
        assertThat(tool(dropIns.members(one.replace("return 1", "return 2")), "number")
                        .version())
                .isNotEqualTo(version);
    }

    @Test
    void aFailureThatTheAuthorForesawIsToldWithItsCode() {
        LoadedFile file = dropIns.members("""
                @Tool(description = "Looks up.") String find(String key) {
                    throw new ToolError(ToolError.Code.NOT_FOUND, "There is no " + key + "; look at list_keys.");
                }
                @Tool(description = "Calls.") String busy() {
                    throw new ToolError(ToolError.Code.UNAVAILABLE, "The other end is closed for good.", false);
                }""");
        CodedException missing = dropIns.failure(file, "find", "{'key': 'x'}");
        assertThat(missing.code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(missing).hasMessage("There is no x; look at list_keys.");
        CodedException busy = dropIns.failure(file, "busy", "{}");
        assertThat(busy.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(busy.retryable()).isFalse();
    }

    @Test
    void everyCodeOfTheAuthorIsOneOfTheServer() {
        for (var code : io.mcpserver.tool.api.ToolError.Code.values()) {
            assertThat(ErrorCode.valueOf(code.name()).retryable()).isEqualTo(code.retryable());
        }
    }

    @Test
    void allThatTheCompilerSaysIsToldWithItsLine() {
        LoadedFile file = dropIns.java("Broken.java", """
                import io.mcpserver.tool.api.Tool;
                public class Broken {
                    @Tool(description = "Fails.")
                    public String one() { return 1; }
                    @Tool(description = "Fails.")
                    public Missing two() { return null; }
                }
                """);
        assertThat(file.usable()).isFalse();
        assertThat(file.offer().tools()).isEmpty();
        assertThat(problems(file))
                .containsExactly(
                        "Broken.java:4: incompatible types: int cannot be converted to java.lang.String",
                        "Broken.java:6: cannot find symbol; symbol:   class Missing; location: class Broken");
        assertThat(file.problems()).extracting(Problem::column).containsExactly(34, 12);
    }

    @Test
    void aWarningOfTheCompilerIsANote() {
        LoadedFile file = dropIns.members("""
                @Tool(description = "Old.") static int hour() { return new Date(0).getYear(); }""");
        assertThat(file.usable()).isTrue();
        assertThat(problems(file))
                .singleElement()
                .asString()
                .startsWith("Dropped.java:3: note: ")
                .contains("getYear");
    }

    @Test
    void aTypeWithoutJsonIsAFaultOnItsLine() {
        LoadedFile file = dropIns.members("""
                record Job(String name, Thread worker) {}
                @Tool(description = "Runs.") static void run(
                        String name,
                        char[] letters,
                        Job job) {}
                @Tool(description = "Starts.") static Process start() { return null; }
                @Tool(description = "Lists.") static <T> void list(T value, Map<Integer, String> map, @Arg(required = false) int n) {}""");
        assertThat(problems(file))
                .hasSize(6)
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith(
                                        "Dropped.java:6: run: the argument letters has the type char[], which has no JSON"),
                        second -> assertThat(second)
                                .startsWith(
                                        "Dropped.java:7: run: the argument job has the part worker, which has the type Thread"),
                        third -> assertThat(third).startsWith("Dropped.java:8: start: the result has the type Process"),
                        fourth -> assertThat(fourth)
                                .startsWith("Dropped.java:9: list: the argument value has the type T"),
                        fifth -> assertThat(fifth)
                                .startsWith("Dropped.java:9: list: the argument map is a map whose keys are no texts"),
                        sixth -> assertThat(sixth)
                                .startsWith(
                                        "Dropped.java:9: list: the argument n may be left out, so it needs a defaultValue"));
    }

    @Test
    void whatTheAnnotationsSayWrongIsAFaultOnItsLine() {
        LoadedFile file = dropIns.members("""
                @Tool(name = "a b", description = "x") static void one() {}
                @Tool(description = " ") static void two() {}
                @Tool(description = "x", timeoutSeconds = 4000) static void three() {}
                @Tool(description = "x") static void four(@Arg(min = 5, max = 3) int n) {}
                @Tool(description = "x") static void five(@Arg(pattern = "(") String s) {}
                @Tool(description = "x") static void six(@Arg(defaultValue = "x") int n) {}
                @Tool(description = "x") static void seven(@Arg(choices = "x") int n) {}
                @Tool(description = "x") @Example(given = "[]") static void eight() {}
                @Tool(description = "x", cacheSeconds = 5) static void nine() {}""");
        assertThat(problems(file))
                .containsExactly(
                        "Dropped.java:3: a b: A tool's name is 1 to 64 of A-Z a-z 0-9 _ . -, not \"a b\"",
                        "Dropped.java:4: two: needs a description: what it does and when to use it",
                        "Dropped.java:5: three: its timeout must be more than 0 and at most 3600 s",
                        "Dropped.java:6: four: the argument n has a min that is greater than its max",
                        "Dropped.java:7: five: the argument s has a pattern that is no regular expression: Unclosed group",
                        "Dropped.java:8: six: the argument n has a defaultValue that is no JSON: x",
                        "Dropped.java:9: seven: the argument n has choices, which is for texts",
                        "Dropped.java:10: eight: example 1: given must be a JSON object, such as {\"a\": 1}",
                        "Dropped.java:11: nine: cacheSeconds is for tools with readOnly = true");
    }

    @Test
    void twoToolsOfOneNameAreAFault() {
        LoadedFile file = dropIns.members("""
                @Tool(description = "x") static int same(int a) { return 1; }
                @Tool(description = "x") static int same(String a) { return 2; }""");
        assertThat(problems(file)).singleElement().asString().contains("same: two tools of this file have this name");
    }

    @Test
    void aClassThatCannotBeMadeAndAFileWithoutToolsAreFaults() {
        assertThat(problems(dropIns.members("""
                class Needy { @Tool(description = "x") void work() {} }
                """)))
                .singleElement()
                .asString()
                .startsWith("Dropped.java:3: Needy: needs a constructor without parameters");
        assertThat(problems(dropIns.java("Nothing.java", "class Nothing {}")))
                .containsExactly(
                        "Nothing.java: brings no tool: no method of it is marked with @Tool of io.mcpserver.tool.api");
        assertThat(problems(dropIns.java("Empty.java", ""))).hasSize(1);
    }

    @Test
    void aPublicClassBearsTheNameOfItsFile() {
        assertThat(problems(dropIns.java("Other.java", "public class Dropped {}")))
                .containsExactly(
                        "Other.java:1: class Dropped is public, should be declared in a file named Dropped.java");
    }
}
