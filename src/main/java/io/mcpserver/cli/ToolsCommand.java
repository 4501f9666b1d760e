package io.mcpserver.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Keeps the commands about tool files together. */
@Command(
        name = "tools",
        description = "Lists, tests and makes tool files.",
        subcommands = {
            ToolsListCommand.class,
            ToolsTestCommand.class,
            ToolsNewCommand.class,
            ToolsImportOpenApiCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mcp-server tools list",
            "  mcp-server tools test tools/notes.yaml",
            "  mcp-server tools new --kind query recent_notes",
            "  mcp-server tools import-openapi petstore.yaml --out tools/petstore.yaml"
        })
final class ToolsCommand implements Runnable {

    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Say what to do with tools: mcp-server tools list, test, new or import-openapi");
    }
}
