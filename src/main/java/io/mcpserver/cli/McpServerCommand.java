package io.mcpserver.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The program: without a command it serves. */
@Command(
        name = "mcp-server",
        description = "An MCP server that gives AI agents durable storage and search.",
        versionProvider = VersionText.class,
        subcommands = {
            ServeCommand.class,
            CallCommand.class,
            ImportCommand.class,
            ExportCommand.class,
            StatsCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            MigrateCommand.class,
            RepairCommand.class,
            ValidateConfigCommand.class,
            KeysCommand.class,
            ToolsCommand.class,
            StatusCommand.class,
            MemoryCommand.class,
            ProfileCommand.class,
            DoctorCommand.class,
            ReloadCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed", "2:wrong usage or configuration"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  mcp-server",
            "      serves over standard input and output, for a client that starts it",
            "  mcp-server --transport http-stream --port 8000",
            "      serves Streamable HTTP on http://127.0.0.1:8000/mcp",
            "  mcp-server --validate-config --config config.yaml",
            "      the same as: mcp-server validate-config --config config.yaml",
            "  mcp-server COMMAND --help",
            "      more about one command"
        })
final class McpServerCommand implements Callable<Integer> {

    @Mixin
    ServeOptions options;

    @Option(names = "--validate-config", description = "The same as the command validate-config.")
    boolean validateConfig;

    @Option(names = "--memory-profile", description = "The same as the command memory.")
    boolean memoryProfile;

    @Option(names = "--profile", description = "The same as the command profile: --profile --duration 60.")
    boolean profile;

    @Option(names = "--backup", description = "The same as the command backup: --backup --output FILE.")
    boolean backup;

    @Option(names = "--restore", description = "The same as the command restore: --restore --input FILE.")
    boolean restore;

    @Option(names = "--migrate", description = "The same as the command migrate.")
    boolean migrate;

    @Option(names = "--repair-database", description = "The same as the command repair-database.")
    boolean repairDatabase;

    @Option(names = "--version", versionHelp = true, description = "Prints the version.")
    boolean version;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        return validateConfig
                ? ValidateConfigCommand.run(
                        options,
                        true,
                        spec.commandLine().getOut(),
                        spec.commandLine().getErr())
                : ServeCommand.run(options, spec.commandLine().getErr());
    }
}
