package io.mcpserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.insight.SizeInWords;
import io.mcpserver.insight.process.LocalServer;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands about running servers, as far as none is needed. */
class LookInsideTest {

    @ParameterizedTest
    @CsvSource({
        "status --pid 1 --port 2, give one of them",
        "status --port 70000, must be 1 to 65535",
        "status --key-file x, for --url",
        "status --url ftp://x, must be like http://",
        "status --url no_url://, must be like http://",
        "memory --classes -1, must be 0 to 1000",
        "memory --live --url http://127.0.0.1:1, does not go with --url",
        "reload --dry-run --history, does not go with",
        "reload --port 1 --pid 2, give one of them",
        "profile --duration 0, must be 1 to 3600",
        "profile --self --port 1, does not go with",
        "profile --output /no/such/folder/x.html, no folder",
        "profile --url http://127.0.0.1:1, only a server of this machine"
    })
    void wrongUsageIsToldAndEndsWithTwo(String line, String told) {
        CommandRun run = CommandRun.of(line.split(" "));
        assertThat(run.err()).contains(told);
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void noCommandButServeIsTakenForAServer() {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        assertThat(Commands.of(nowhere, nowhere).getSubcommands().keySet())
                .filteredOn(LocalServer::starts)
                .containsExactly("serve");
    }

    @Test
    void aServerThatIsNotThereIsAFailureOfOneLine() {
        for (String option : new String[] {"--port 1", "--pid 999999999", "--url http://127.0.0.1:1"}) {
            CommandRun run = CommandRun.of(("status " + option).split(" "));
            assertThat(run.exitCode()).isEqualTo(ExitCode.FAILURE);
            assertThat(run.err()).startsWith("mcp-server: ").hasLineCount(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--memory-profile --port 1, memory --port 1",
        "--profile --duration 60, profile --duration 60",
        "--duration 60 --profile, profile --duration 60",
        "--backup --output x, backup --output x",
        "--restore --input x, restore --input x",
        "--migrate --to duckdb, migrate --to duckdb",
        "--repair-database --check, repair-database --check",
        "--port 1, --port 1",
        "status --profile, status --profile"
    })
    void flagFormsAreTheCommands(String written, String meant) {
        assertThat(FlagForms.toCommand(written.split(" "))).containsExactly(meant.split(" "));
    }

    @Test
    void theDoctorFindsNothingWrongAndLeavesNothingBehind(@TempDir Path folder) throws Exception {
        Path config = Files.writeString(folder.resolve("config.yaml"), "embedding: {model: none}\n");
        CommandRun run = CommandRun.of("doctor", "--config", config.toString(), "--data", folder + "/data");
        assertThat(run.out()).contains("0 problems").contains("there is none yet");
        assertThat(run.exitCode()).isZero();
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(config);
        }
    }

    @Test
    void theDoctorTellsEveryFaultOfTheConfiguration(@TempDir Path folder) throws Exception {
        Path config = Files.writeString(folder.resolve("config.yaml"), "transport:\n  prot: 1\n  host: 7\n");
        CommandRun run = CommandRun.of("doctor", "--json", "--config", config.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(Json.read(run.out()).path("problems").asInt()).isEqualTo(2);
        assertThat(run.out()).contains("did you mean", "config.yaml:2");
    }

    @ParameterizedTest
    @CsvSource({"0, 0 B", "1023, 1023 B", "1536, 1.5 KiB", "209715200, 200 MiB", "1610612736, 1.5 GiB"})
    void sizesAreShort(long bytes, String words) {
        assertThat(SizeInWords.of(bytes)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"12, 12 s", "200, 3 min 20 s", "7260, 2 h 1 min", "183600, 2 d 3 h"})
    void durationsAreShort(long seconds, String words) {
        assertThat(Words.duration(seconds)).isEqualTo(words);
    }
}
