package io.mcpserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpserver.config.ProgramVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The help of each command, word for word; {@code -Dgolden=write} writes it anew after a change. */
class HelpTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "serve",
                "call",
                "import",
                "export",
                "stats",
                "backup",
                "restore",
                "migrate",
                "repair-database",
                "validate-config",
                "keys",
                "keys new",
                "tools",
                "tools list",
                "tools test",
                "tools new",
                "tools import-openapi",
                "status",
                "memory",
                "profile",
                "doctor",
                "reload"
            })
    void isPrintedToStandardOutput(String command) throws IOException {
        List<String> args = new ArrayList<>(command.isEmpty() ? List.of() : List.of(command.split(" ")));
        args.add("--help");
        CommandRun run = CommandRun.of(args.toArray(String[]::new));

        Path golden = Path.of(
                "src/test/resources/cli", "help" + (command.isEmpty() ? "" : "-" + command.replace(' ', '-')) + ".txt");
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(golden, run.out());
        }
        assertThat(run.out()).isEqualTo(Files.readString(golden));
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void everyCommandHasExamples() {
        CommandLine program = Commands.of(new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter()));
        assertThat(program.getSubcommands().values())
                .allSatisfy(command -> assertThat(command.getUsageMessage()).contains("Examples:"));
    }

    @Test
    void theVersionIsPrintedToStandardOutput() {
        assertThat(CommandRun.of("--version"))
                .isEqualTo(new CommandRun(0, "mcp-server " + ProgramVersion.get() + "\n", ""));
        assertThat(ProgramVersion.get()).matches("[0-9]+\\.[0-9]+\\.[0-9]+.*");
    }
}
