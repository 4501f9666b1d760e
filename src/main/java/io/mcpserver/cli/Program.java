package io.mcpserver.cli;

import io.mcpserver.error.CodedException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Reads a command line and runs the one command that it names. */
public final class Program {

    private static final int HELP_WIDTH = 100;

    private final PrintWriter out;
    private final PrintWriter err;

    /**
     * @param out receives what a command was asked for
     * @param err receives everything else
     */
    Program(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    /** The program on the standard streams. */
    public static Program ofProcess() {
        return new Program(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    }

    /** Runs to the end and returns the exit code, see {@link ExitCode}; no failure leaves it as an exception. */
    public int run(String... args) {
        boolean debug = List.of(args).contains("--debug");
        return commandLine()
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, debug))
                .execute(args);
    }

    CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new McpServerCommand())
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler(new WrongUsage())
                .setExecutionStrategy(Program::execute);
        withHelp(commandLine);
        return commandLine
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setUsageHelpWidth(HELP_WIDTH)
                .setUsageHelpLongOptionsMaxWidth(24)
                .setAbbreviatedOptionsAllowed(false);
    }

    private static void withHelp(CommandLine commandLine) {
        commandLine
                .getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Prints this help.")
                        .build());
        commandLine.getSubcommands().values().forEach(Program::withHelp);
    }

    private static int execute(ParseResult parsed) {
        List<ArgSpec> misplaced = parsed.matchedArgs();
        if (parsed.hasSubcommand() && !misplaced.isEmpty()) {
            String option = ((OptionSpec) misplaced.getFirst()).longestName();
            String command = parsed.subcommand().commandSpec().name();
            throw new ParameterException(
                    parsed.commandSpec().commandLine(),
                    option + " stands before the command; write it after: mcp-server " + command + " " + option);
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private int failed(Exception failure, boolean debug) {
        String sentence = failure instanceof CodedException || failure.getMessage() != null
                ? failure.getMessage()
                : failure.getClass().getSimpleName();
        err.println("mcp-server: " + sentence.lines().findFirst().orElse(sentence));
        if (debug) {
            failure.printStackTrace(err);
        }
        return ExitCode.FAILURE;
    }
}
