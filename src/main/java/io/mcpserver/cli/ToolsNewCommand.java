package io.mcpserver.cli;

import io.mcpserver.config.LoadedConfig;
import io.mcpserver.config.NearestName;
import io.mcpserver.config.Problem;
import io.mcpserver.tool.declarative.NewToolFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a tool file. */
@Command(
        name = "new",
        description = "Writes a tool file that works, with a test, into the first of tools.directories.",
        footerHeading = "%nExamples:%n",
        footer = {"  mcp-server tools new --kind query recent_notes", "  mcp-server tools test tools/recent_notes.yaml"
        })
final class ToolsNewCommand implements Callable<Integer> {

    @Mixin
    ConfigOptions options;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            required = true,
            description = "What the tool does, such as query, search or text.")
    String kind;

    @Parameters(paramLabel = "NAME", description = "Name of the tool; the file gets it too.")
    String name;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (!name.matches("[A-Za-z0-9_-][A-Za-z0-9_.-]{0,63}")) {
            throw new ParameterException(
                    spec.commandLine(), "NAME: must be 1 to 64 of A-Z a-z 0-9 _ . - and not begin with a dot");
        }
        List<String> kinds = NewToolFile.kinds();
        if (!kinds.contains(kind)) {
            String nearest = NearestName.of(kind, kinds)
                    .map(near -> "; did you mean " + near + "?")
                    .orElse("");
            throw new ParameterException(
                    spec.commandLine(), "--kind: must be one of " + String.join(", ", kinds) + nearest);
        }
        PrintWriter err = spec.commandLine().getErr();
        LoadedConfig loaded = options.load();
        loaded.problems(Problem.Severity.ERROR).forEach(problem -> err.println(problem.render()));
        if (loaded.valid().isEmpty()) {
            return ExitCode.USAGE;
        }
        List<Path> directories = loaded.valid().get().tools().directories();
        if (directories.isEmpty()) {
            err.println("mcp-server: tools.directories names no folder; add one");
            return ExitCode.USAGE;
        }
        return write(directories.getFirst());
    }

    private int write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(name + ".yaml");
        try {
            Files.writeString(file, NewToolFile.of(kind, name), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            spec.commandLine().getErr().println("mcp-server: " + file + " is there already; nothing was written");
            return ExitCode.FAILURE;
        }
        spec.commandLine().getOut().println(file + " was written. Change it to your needs, then:");
        spec.commandLine().getOut().println("  mcp-server tools test " + file);
        return ExitCode.OK;
    }
}
