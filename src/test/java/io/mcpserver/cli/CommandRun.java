package io.mcpserver.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What one command line printed and ended with, run in this process. */
record CommandRun(int exitCode, String out, String err) {

    static CommandRun of(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = new Program(new PrintWriter(out, true), new PrintWriter(err, true)).run(args);
        return new CommandRun(exitCode, out.toString(), err.toString());
    }
}
