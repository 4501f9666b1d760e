package io.mcpserver.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Keeps the commands about API keys together. */
@Command(
        name = "keys",
        description = "Makes API keys.",
        subcommands = KeysNewCommand.class,
        footerHeading = "%nExamples:%n",
        footer = {"  mcp-server keys new --name laptop"})
final class KeysCommand implements Runnable {

    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do with keys: mcp-server keys new");
    }
}
