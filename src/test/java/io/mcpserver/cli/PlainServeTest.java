package io.mcpserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** A plain start is read as picocli reads it, and everything else is left to picocli. */
class PlainServeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "serve",
                "--transport stdio",
                "--transport=http-stream --port=8000",
                "serve --transport sse --host 0.0.0.0 --port 1 --config a=b.yaml --data d --log-level INFO",
                "--debug --prod",
                "serve --debug --port x"
            })
    void whatIsPlainIsReadAsPicocliReadsIt(String line) {
        String[] args = words(line);

        assertThat(PlainServe.read(args)).get().usingRecursiveComparison().isEqualTo(byPicocli(args));
        // The next owner of a data folder is started with the same.
        assertThat(PlainServe.read(byPicocli(args).words().toArray(String[]::new)))
                .get()
                .usingRecursiveComparison()
                .isEqualTo(byPicocli(args));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "-h",
                "serve --help",
                "--version",
                "validate-config",
                "--validate-config",
                "serve serve",
                "--port",
                "--port 1 --port 2",
                "--port --debug",
                "--port=",
                "--debug=true",
                "--debug --debug",
                "--prot 1",
                "stray"
            })
    void whatIsNotPlainIsLeftToPicocli(String line) {
        assertThat(PlainServe.read(words(line))).isEmpty();
    }

    @Test
    void anEmptyWordIsLeftToPicocli() {
        assertThat(PlainServe.read("--data", "")).isEqualTo(Optional.empty());
    }

    private static ServeOptions byPicocli(String... args) {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        CommandLine.ParseResult parsed = Commands.of(nowhere, nowhere).parseArgs(args);
        return parsed.hasSubcommand()
                ? ((ServeCommand) parsed.subcommand().commandSpec().userObject()).options
                : ((McpServerCommand) parsed.commandSpec().userObject()).options;
    }

    private static String[] words(String line) {
        return line.isEmpty() ? new String[0] : line.split(" ");
    }
}
