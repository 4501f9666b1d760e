package io.mcpserver.cli;

import io.mcpserver.error.CodedException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

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

    /** Runs to the end and returns the exit code, see {@link ExitCode}; no failure leaves it as an exception. */
    public int run(String... args) {
        boolean debug = List.of(args).contains("--debug");
        Optional<ServeOptions> serve = PlainServe.read(args);
        if (serve.isEmpty()) {
            return Commands.of(out, err)
                    .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, debug))
                    .execute(FlagForms.toCommand(args));
        }
        try {
            return ServeCommand.run(serve.get(), err);
        } catch (RuntimeException e) {
            return failed(e, debug);
        }
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
