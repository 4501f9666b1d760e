package io.mcpserver.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The commands and their options, as picocli reads them. */
final class Commands {

    private static final int HELP_WIDTH = 100;

    private Commands() {}

    /**
     * The whole command line.
     *
     * @param out receives what a command was asked for
     * @param err receives everything else
     */
    static CommandLine of(PrintWriter out, PrintWriter err) {
        CommandLine commandLine = new CommandLine(new McpServerCommand())
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler(new WrongUsage())
                .setExecutionStrategy(Commands::execute);
        withHelp(commandLine);
        // A word that begins with @ is an argument of the command call, and nothing else.
        commandLine.setExpandAtFiles(false);
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
        commandLine.getSubcommands().values().forEach(Commands::withHelp);
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
}
