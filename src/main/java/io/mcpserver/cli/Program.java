package io.mcpserver.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** Reads a command line and runs the one command that it names. */
public final class Program {

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

    /** Runs to the end and returns the exit code, see {@link ExitCode}. */
    public int run(String... args) {
        return commandLine().execute(args);
    }

    CommandLine commandLine() {
        return new CommandLine(new McpServerCommand()).setOut(out).setErr(err);
    }
}
