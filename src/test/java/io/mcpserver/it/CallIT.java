package io.mcpserver.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code call} as its users run it, with and without a server. */
@Tag("side-by-side")
@EnabledOnOs(value = OS.LINUX, disabledReason = "The launcher is a script of sh, and Ctrl-C a signal")
class CallIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    void withoutAServerOneIsStartedForTheCallAndItsDataStays() {
        RunningServer saved =
                run("call", "storage_save", "{\"collection\":\"notes\",\"documents\":[{\"content\":{\"a\":1}}]}");
        assertThat(saved.stderr().text()).isEmpty();
        assertThat(saved.exitCode()).isZero();

        RunningServer queried = run("call", "storage_query", "collection=notes", "limit=5", "--json");
        assertThat(queried.exitCode()).isZero();
        assertThat(queried.stdout().text()).contains("\"a\" : 1").doesNotContain("jsonrpc");
    }

    @Test
    void argumentsComeFromStandardInput() {
        try (RunningServer call =
                ServerLaunch.in(folder).args("call", "calculator_add", "-").start()) {
            call.send("{\"a\": 20,").send("\"b\": 22}").closeInput();
            assertThat(call.awaitExit(PATIENCE)).as(call.stderr().text()).isZero();
            assertThat(call.stdout().text()).isEqualTo("42\n");
        }
    }

    @Test
    void whatIsWrongEndsWithItsCode() throws Exception {
        RunningServer unknown = run("call", "storage_qery", "collection=notes");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.stderr().text()).contains("did you mean storage_query?");

        RunningServer failed = run("call", "storage_query", "limit=5");
        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.stderr().text()).contains("storage_query failed: INVALID_ARGUMENT");

        Path config = Files.writeString(folder.resolve("bad.yaml"), "transprot: {}\n");
        RunningServer misconfigured = run("call", "calculator_add", "a=1", "b=2", "--config", config.toString());
        assertThat(misconfigured.exitCode()).isEqualTo(2);
        assertThat(misconfigured.stderr().text()).contains("bad.yaml:1", "did you mean \"transport\"?");
    }

    @Test
    void aRunningServerIsCalledWithItsKey() throws Exception {
        ApiKey key = ApiKey.of("client");
        Path file = Files.writeString(folder.resolve("key"), key.key());
        try (RunningServer server = ServerLaunch.in(folder)
                .env("MCP_SECURITY_API_KEYS", key.listed())
                .serving("http-stream")
                .startReady()) {
            String port = Integer.toString(server.port());
            assertThat(run("call", "calculator_add", "a=1", "b=2", "--port", port, "--key-file", file.toString())
                            .stdout()
                            .text())
                    .isEqualTo("3\n");
            RunningServer refused = run("call", "calculator_add", "a=1", "b=2", "--port", port);
            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.stderr().text()).contains("demands a key");
        }
    }

    @Test
    void ctrlCTakesTheCallBackAndLeavesNoServer() throws Exception {
        String documents = IntStream.range(0, 1_000)
                .mapToObj(i -> "{\"content\": {\"text\": \"" + "many words ".repeat(200) + i + "\"}}")
                .collect(Collectors.joining(",", "[", "]"));
        Path file = Files.writeString(
                folder.resolve("many.json"), "{\"collection\": \"many\", \"documents\": " + documents + "}");
        try (RunningServer call =
                ServerLaunch.in(folder).args("call", "storage_save", "@" + file).start()) {
            call.stderr().awaitLine(line -> line.contains(" of 2000"), PATIENCE);
            List<ProcessHandle> started =
                    ProcessHandle.of(call.pid()).orElseThrow().descendants().toList();
            assertThat(started).isNotEmpty();

            call.signal("INT");

            assertThat(call.awaitExit(PATIENCE)).as(call.stderr().text()).isEqualTo(130);
            assertThat(started).noneMatch(ProcessHandle::isAlive);
        }
        assertThat(run("call", "storage_collections", "--json").stdout().text()).doesNotContain("many");
    }

    private RunningServer run(String... words) {
        return ServerLaunch.in(folder).args(words).runToEnd();
    }
}
