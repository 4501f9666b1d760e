package io.mcpserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrongUsageTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    srve                        | mcp-server: unknown command srve; did you mean serve?             | mcp-server
                    frobnicate                  | mcp-server: unknown command frobnicate                            | mcp-server
                    --prot 8000                 | mcp-server: unknown option --prot; did you mean --port?           | mcp-server
                    --repair-everything           | mcp-server: unknown option --repair-everything                      | mcp-server
                    serve --hots=x              | mcp-server: unknown option --hots; did you mean --host?           | mcp-server serve
                    --port                      | mcp-server: Missing required parameter for option '--port' (PORT) | mcp-server
                    keys                        | mcp-server: Say what to do with keys: mcp-server keys new         | mcp-server keys
                    keys new --name a/b         | mcp-server: --name: must be 1 to 100 letters, digits and . _ @ -  | mcp-server keys new
                    --port 1 serve              | mcp-server: --port stands before the command; write it after: mcp-server serve --port | mcp-server
                    --port 1 --port 2           | mcp-server: option '--port' (PORT) should be specified only once | mcp-server
                    """)
    void isAnsweredWithOneSentenceAndTheWayToTheHelp(String line, String sentence, String command) {
        CommandRun run = CommandRun.of(line.split(" "));
        assertThat(run.err()).isEqualTo(sentence + "\nTry: " + command + " --help\n");
        assertThat(run.out()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    }
}
