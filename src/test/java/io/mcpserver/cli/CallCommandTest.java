package io.mcpserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.tool.ToolTestProfile;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code call} of a server that runs, over HTTP. */
@QuarkusTest
@TestProfile(ToolTestProfile.class)
class CallCommandTest {

    @TestHTTPResource("/")
    URI server;

    @TempDir
    Path folder;

    @Test
    void theTextOfTheResultIsPrinted() {
        CommandRun run = call("calculator_add", "{\"a\": 1, \"b\": 2}");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("3\n");
    }

    @Test
    void theStructureIsPrintedWhereItIsAskedFor() {
        CommandRun run = call("calculator_add", "a=1", "b=0.5", "--json");
        assertThat(Json.read(run.out()).path("sum").asDouble()).isEqualTo(1.5);
    }

    @Test
    void aServerIsNamedByItsPortOrItsWholeAddressToo() {
        assertThat(CommandRun.of("call", "calculator_add", "a=1", "b=2", "--port", "" + server.getPort())
                        .out())
                .isEqualTo("3\n");
        assertThat(CommandRun.of("call", "calculator_add", "a=1", "b=2", "--url", server.resolve("/stream") + "")
                        .out())
                .isEqualTo("3\n");
    }

    @Test
    void aToolThatFailedSaysWhyOnStandardError() {
        CommandRun run = call("storage_load", "collection=nowhere");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("mcp-server: storage_load failed: INVALID_ARGUMENT")
                .contains("ids");
    }

    @Test
    void aToolThatIsNotThereIsWrongUsageAndTheNearestIsNamed() {
        CommandRun run = call("calculator_ad", "a=1", "b=2");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .isEqualTo("mcp-server: the server has no tool calculator_ad; did you mean calculator_add?\n");
    }

    @Test
    void argumentsThatCannotBeReadAreWrongUsage() {
        CommandRun run = call("calculator_add", "a=one");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("the argument a must be number, but is one", "mcp-server call --help");
    }

    @Test
    void progressIsShownOnStandardError() throws IOException {
        String documents = IntStream.range(0, 150)
                .mapToObj(i -> "{\"content\": {\"n\": " + i + "}}")
                .collect(Collectors.joining(",", "[", "]"));
        Path file = Files.writeString(
                folder.resolve("documents.json"), "{\"collection\": \"many\", \"documents\": " + documents + "}");
        CommandRun run = call("storage_save", "@" + file);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("300 of 300: All 150 documents are saved.");
        assertThat(Json.read(call("storage_query", "collection=many", "limit=1", "--json")
                                .out())
                        .path("total")
                        .asInt(150))
                .isEqualTo(150);
    }

    @Test
    void aServerThatIsNotThereIsAFailure() {
        CommandRun run = CommandRun.of("call", "calculator_add", "--url", "http://127.0.0.1:1");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).startsWith("mcp-server: No answer from http://127.0.0.1:1/mcp");
    }

    @Test
    void whatIsNoServerOfTheProtocolIsAFailure() {
        CommandRun run = CommandRun.of("call", "calculator_add", "--url", server.resolve("/q/health/live") + "");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("does not speak the Model Context Protocol");
    }

    @Test
    void optionsThatDoNotGoTogetherAreWrongUsage() {
        String url = server.toString();
        assertThat(CommandRun.of("call", "t", "--url", url, "--port", "1").exitCode())
                .isEqualTo(2);
        assertThat(CommandRun.of("call", "t", "--url", url, "--data", "x").exitCode())
                .isEqualTo(2);
        assertThat(CommandRun.of("call", "t", "--key-file", "x").exitCode()).isEqualTo(2);
        assertThat(CommandRun.of("call", "t", "--url", "ftp://x").exitCode()).isEqualTo(2);
        assertThat(CommandRun.of("call", "t", "--port", "0").exitCode()).isEqualTo(2);
        assertThat(CommandRun.of("call").exitCode()).isEqualTo(2);
    }

    private CommandRun call(String... words) {
        String[] all = new String[words.length + 3];
        all[0] = "call";
        System.arraycopy(words, 0, all, 1, words.length);
        all[words.length + 1] = "--url";
        all[words.length + 2] = server.toString();
        return CommandRun.of(all);
    }
}
