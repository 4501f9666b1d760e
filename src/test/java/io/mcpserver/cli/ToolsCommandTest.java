package io.mcpserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.tool.declarative.NewToolFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ToolsCommandTest {

    private static final String HELLO = """
        tools:
          - name: hello
            description: Says hello.
            input: {who: {type: string}}
            text: "Hello ${who}"
            tests:
              - {name: greets, given: {who: Ann}, expect: {text: Hello Ann}}
        """;

    @TempDir
    Path folder;

    Path config;
    Path tools;

    @BeforeEach
    void configure() throws IOException {
        tools = Files.createDirectory(folder.resolve("tools"));
        config = Files.writeString(
                folder.resolve("config.yaml"),
                "storage: {path: ./data}\nembedding: {model: none}\ntools: {allow_exec: true}\n");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aNewFileWorksAndIsTested(String kind) {
        assertThat(run("new", "--kind", kind, "my_tool").exitCode()).isEqualTo(ExitCode.OK);
        CommandRun tested = run("test", "--verbose");
        assertThat(tested.err()).isEmpty();
        assertThat(tested.out()).contains("passed").contains("1 file: ").contains(", 0 failed");
        assertThat(tested.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(run("list").out()).contains("my_tool", kind, "ok", "my_tool.yaml");
        CommandRun again = run("new", "--kind", kind, "my_tool");
        assertThat(again.err()).contains("is there already");
        assertThat(again.exitCode()).isEqualTo(ExitCode.FAILURE);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aNameThatYamlWouldReadAsSomethingElseIsAName(String kind) throws IOException {
        for (String name : new String[] {"123", "true", "null", "1e5"}) {
            assertThat(run("new", "--kind", kind, name).exitCode()).as(name).isEqualTo(ExitCode.OK);
        }
        CommandRun list = run("list");
        assertThat(list.out()).doesNotContain("broken");
        assertThat(Json.read(run("list", "--json").out()).path("tools"))
                .extracting(tool -> tool.path("name").textValue())
                .containsExactlyInAnyOrder("123", "true", "null", "1e5");
    }

    static Iterable<String> kinds() {
        return NewToolFile.kinds();
    }

    @Test
    void aNewFileStaysInItsFolder() {
        for (String name : new String[] {"../evil", "a/b", ".hidden", ""}) {
            assertThat(run("new", "--kind", "text", name).exitCode()).as(name).isEqualTo(ExitCode.USAGE);
        }
        assertThat(run("new", "--kind", "quary", "x").err()).contains("did you mean query?");
        assertThat(tools).isEmptyDirectory();
    }

    @Test
    void whatFailsIsTold() throws IOException {
        Files.writeString(tools.resolve("hello.yaml"), HELLO.replace("text: Hello Ann", "text: Hello Bob"));
        CommandRun run = run("test");
        assertThat(run.err())
                .isEqualTo(tools.resolve("hello.yaml") + ":7: the test \"greets\" of hello failed: expected the text"
                        + " \"Hello Bob\", but it is \"Hello Ann\"\n");
        assertThat(run.out()).isEqualTo("1 file: 0 passed, 1 failed\n");
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILURE);
        CommandRun validated = validate();
        assertThat(validated.err())
                .contains(":7: the test \"greets\" of hello failed")
                .contains("1 error,");
        assertThat(validated.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(validate("--no-tests").out())
                .startsWith(config + ": 0 errors, ")
                .endsWith("\n1 tool file: 1 tool\n");
    }

    @Test
    void aBrokenFileIsListedAndTheOthersAreUsed() throws IOException {
        Files.writeString(tools.resolve("broken.yaml"), "tools:\n  - {name: a, descripton: x, text: x}\n");
        Files.writeString(tools.resolve("hello.yml"), HELLO);
        Files.writeString(tools.resolve("README.md"), "no tool");
        Files.writeString(tools.resolve(".hidden.yaml"), "no tool");
        CommandRun list = run("list");
        assertThat(list.out())
                .contains("broken  " + tools.resolve("broken.yaml"), "lacks \"description\"")
                .contains("ok      " + tools.resolve("hello.yml"));
        assertThat(list.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(Json.read(run("list", "--json").out()).at("/tools/1/kind").asText())
                .isEqualTo("text");
        assertThat(run("test").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(validate().err()).contains("broken.yaml:2: tools[0].descripton: unknown key", "2 errors");
    }

    @Test
    void aNameOfTwoFilesIsAnErrorThatNamesBoth() throws IOException {
        Files.writeString(tools.resolve("a.yaml"), HELLO);
        Files.writeString(tools.resolve("b.yaml"), HELLO);
        CommandRun run = validate();
        assertThat(run.err())
                .contains(
                        tools.resolve("b.yaml") + ": the tool \"hello\" is also defined by " + tools.resolve("a.yaml"));
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        Files.delete(tools.resolve("b.yaml"));
        Files.writeString(tools.resolve("a.yaml"), HELLO.replace("name: hello", "name: storage_save"));
        assertThat(validate().err()).contains("a.yaml: the tool \"storage_save\" belongs to the program itself");
    }

    @Test
    void aFolderThatIsNoneIsToldByEveryCommand() throws IOException {
        Files.writeString(folder.resolve("file"), "no folder");
        tools("directories: [./file]");
        for (CommandRun run : new CommandRun[] {run("list"), run("test"), validate("--no-tests")}) {
            assertThat(run.err()).contains(folder.resolve("file") + ": is no folder");
            assertThat(run.exitCode()).isNotEqualTo(ExitCode.OK);
        }
    }

    @Test
    void whereFilesAreNotDiscoveredNoneIsRead() throws IOException {
        Files.writeString(tools.resolve("broken.yaml"), "tools: [{nam: a}]");
        tools("auto_discover: false");
        assertThat(run("list").out()).isEqualTo("tools.auto_discover is off, so no tool files are read.\n");
        assertThat(run("test").out()).isEqualTo("0 files: 0 passed, 0 failed\n");
        assertThat(validate().exitCode()).isEqualTo(ExitCode.OK);
    }

    @Test
    void aFileThatMustPassItsTestsAndDoesNotIsListedAsTheServerWouldHaveIt() throws IOException {
        tools("test_before_reload: true");
        Files.writeString(tools.resolve("hello.yaml"), HELLO.replace("text: Hello Ann", "text: Hello Bob"));
        CommandRun list = run("list", "--json");
        assertThat(Json.read(list.out()).at("/tools/0/state").asText()).isEqualTo("broken");
        assertThat(Json.read(list.out()).at("/tools/0/reason").asText()).isEqualTo("test");
        assertThat(list.exitCode()).isEqualTo(ExitCode.FAILURE);
        CommandRun tested = run("test");
        assertThat(tested.err()).containsOnlyOnce("the test \"greets\" of hello failed");
        assertThat(tested.out()).isEqualTo("1 file: 0 passed, 1 failed\n");
        assertThat(tested.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(validate().err()).containsOnlyOnce("the test \"greets\" of hello failed");
        assertThat(validate("--no-tests").exitCode()).isEqualTo(ExitCode.OK);
    }

    private void tools(String keys) throws IOException {
        Files.writeString(config, "storage: {path: ./data}\nembedding: {model: none}\ntools: {" + keys + "}\n");
    }

    @Test
    void nothingIsMadeWhereThereIsNoStore() throws IOException {
        Files.writeString(tools.resolve("all.yaml"), """
            tools:
              - name: all
                description: All notes.
                query: {collection: notes}
                tests: [{expect: {max_items: 0}}]
            """);
        assertThat(run("test").out()).isEqualTo("1 file: 1 passed, 0 failed\n");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    private CommandRun run(String command, String... more) {
        String[] args = new String[more.length + 4];
        args[0] = "tools";
        args[1] = command;
        args[2] = "--config";
        args[3] = config.toString();
        System.arraycopy(more, 0, args, 4, more.length);
        return CommandRun.of(args);
    }

    private CommandRun validate(String... more) {
        String[] args = new String[more.length + 3];
        args[0] = "validate-config";
        args[1] = "--config";
        args[2] = config.toString();
        System.arraycopy(more, 0, args, 3, more.length);
        return CommandRun.of(args);
    }
}
