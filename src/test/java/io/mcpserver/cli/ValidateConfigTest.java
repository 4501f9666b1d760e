package io.mcpserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.tool.source.TestDrivers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateConfigTest {

    @TempDir
    Path folder;

    Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("config.yaml");
    }

    @Test
    void aGoodFileIsGood() throws IOException {
        Files.writeString(file, "transport: {type: sse}");
        CommandRun run = validate();
        assertThat(run.out()).isEqualTo(file + ": 0 errors, 0 warnings, 0 notes\n");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    }

    @Test
    void theFlagIsTheSameAsTheCommand() throws IOException {
        Files.writeString(file, "cache: {tll: 3}");
        CommandRun run = CommandRun.of("--validate-config", "--config", file.toString(), "--data", "/var/lib/x");
        assertThat(run).isEqualTo(validate());
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines())
                .containsExactly(
                        file + ":1: cache.tll: unknown key; did you mean \"ttl\"?",
                        file + ": 1 error, 0 warnings, 0 notes");
    }

    @Test
    void everyFaultIsPrinted() throws IOException {
        Files.writeString(file, "transport: {prot: 1, type: tcp}");
        CommandRun run = validate("--port", "x", "--log-level", "loud", "--host", "a b");
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).hasSize(6).last().isEqualTo(file + ": 5 errors, 0 warnings, 0 notes");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void productionFindingsAreWarningsAndWithProdErrors() throws IOException {
        Files.writeString(file, "transport: {type: sse, host: 0.0.0.0, allowed_hosts: [\"*\"]}");
        CommandRun warned = validate();
        assertThat(warned.err()).contains("warning: security.api_keys: is empty", "warning: transport.allowed_hosts");
        assertThat(warned.exitCode()).isEqualTo(ExitCode.OK);
        CommandRun refused = validate("--prod");
        assertThat(refused.err()).contains(file + ": security.api_keys: is empty", "2 errors");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void driversOfSourcesAreAsked() throws IOException {
        String sources = "sources: {shop: {url: \"jdbc:h2:mem:\", driver: \"%s\"}}";
        Files.writeString(file, sources.formatted(TestDrivers.H2.toAbsolutePath()));
        assertThat(validate().exitCode()).isEqualTo(ExitCode.OK);
        Files.writeString(file, sources.formatted(TestDrivers.SQLITE.toAbsolutePath()));
        assertThat(validate().err())
                .startsWith(file + ": sources.shop.driver: takes no address that begins with \"jdbc:h2:\": ");
        assertThat(validate().exitCode()).isEqualTo(ExitCode.USAGE);
        Files.writeString(file, sources.formatted("drivers/h2.jar"));
        assertThat(validate().err())
                .startsWith(file + ": sources.shop.driver: does not exist: " + folder.resolve("drivers/h2.jar"));
    }

    @Test
    void aMissingFileIsAFault() {
        CommandRun run = validate();
        assertThat(run.err()).startsWith(file + ": does not exist\n");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void serveRefusesAWrongConfigurationBeforeItStarts() throws IOException {
        Files.writeString(file, "transport: {prot: 1}");
        for (String[] args : new String[][] {{"--config", file.toString()}, {"serve", "--config", file.toString()}}) {
            CommandRun run = CommandRun.of(args);
            assertThat(run.err()).isEqualTo(file + ":1: transport.prot: unknown key; did you mean \"port\"?\n");
            assertThat(run.out()).isEmpty();
            assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        }
    }

    @Test
    void serveInProductionRefusesAnOpenServer() {
        CommandRun run = CommandRun.of(
                "serve", "--transport", "http-stream", "--host", "0.0.0.0", "--prod", "--data", "/var/lib/mcp-server");
        assertThat(run.err()).contains("security.api_keys: is empty").doesNotContain("warning");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    }

    private CommandRun validate(String... more) {
        String[] args = new String[more.length + 5];
        args[0] = "validate-config";
        args[1] = "--config";
        args[2] = file.toString();
        args[3] = "--data";
        args[4] = "/var/lib/x";
        System.arraycopy(more, 0, args, 5, more.length);
        return CommandRun.of(args);
    }
}
