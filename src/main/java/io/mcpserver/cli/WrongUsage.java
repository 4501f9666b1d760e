package io.mcpserver.cli;

import io.mcpserver.config.NearestName;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Answers a command line that cannot be understood with one sentence and the way to the help. */
final class WrongUsage implements IParameterExceptionHandler {

    @Override
    public int handleParseException(ParameterException fault, String[] args) {
        CommandLine command = fault.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("mcp-server: " + sentence(fault, command));
        err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    private static String sentence(ParameterException fault, CommandLine command) {
        if (!(fault instanceof UnmatchedArgumentException unmatched)) {
            return fault.getMessage();
        }
        String written = unmatched.getUnmatched().getFirst();
        boolean option = written.startsWith("-");
        String name = option ? written.split("=", 2)[0] : written;
        Optional<String> nearest = NearestName.of(name, names(command, option));
        return "unknown " + (option ? "option " : "command ") + name
                + nearest.map(near -> "; did you mean " + near + "?").orElse("");
    }

    private static List<String> names(CommandLine command, boolean options) {
        if (!options) {
            return List.copyOf(command.getSubcommands().keySet());
        }
        List<String> names = new ArrayList<>();
        command.getCommandSpec().options().forEach(option -> names.addAll(List.of(option.names())));
        return names;
    }
}
