package io.mcpserver.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The program: without a command it serves. */
@Command(
        name = "mcp-server",
        description = "An MCP server that gives AI agents durable storage, search and SQL.",
        subcommands = {ServeCommand.class, ImportCommand.class})
final class McpServerCommand implements Callable<Integer> {

    @Mixin
    ServeOptions options;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        return ServeCommand.run(options, spec.commandLine().getErr());
    }
}
