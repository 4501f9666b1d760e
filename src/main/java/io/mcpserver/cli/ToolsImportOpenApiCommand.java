package io.mcpserver.cli;

import io.mcpserver.config.LoadedConfig;
import io.mcpserver.config.Problem;
import io.mcpserver.tool.declarative.http.client.AllowedHosts;
import io.mcpserver.tool.declarative.http.client.Answer;
import io.mcpserver.tool.declarative.http.client.FetchException;
import io.mcpserver.tool.declarative.http.client.TimeLeft;
import io.mcpserver.tool.declarative.http.client.WebAddress;
import io.mcpserver.tool.declarative.http.client.WebClient;
import io.mcpserver.tool.declarative.http.client.WebRequest;
import io.mcpserver.tool.declarative.http.openapi.ImportOptions;
import io.mcpserver.tool.declarative.http.openapi.ImportedFile;
import io.mcpserver.tool.declarative.http.openapi.OpenApiImport;
import io.mcpserver.tool.declarative.http.openapi.SpecText;
import io.mcpserver.tool.declarative.http.openapi.UnusableSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a tool file of an OpenAPI description. */
@Command(
        name = "import-openapi",
        description = {
            "Makes a tool file of an OpenAPI description (3.0 or 3.1, JSON or YAML): a tool for each operation, secrets as"
                    + " variables of the environment, tests where the description has examples.",
            "",
            "What cannot be taken over is told as a warning. The file loads as it is; read it before agents get it.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mcp-server tools import-openapi petstore.yaml --out tools/petstore.yaml",
            "  mcp-server tools import-openapi https://api.example.com/openapi.json --fetch --include 'orders*'"
        })
final class ToolsImportOpenApiCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Mixin
    ConfigOptions options;

    @Option(names = "--out", paramLabel = "FILE", description = "Where to; without it, to standard output.")
    Path out;

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            description = "Where the API is, in place of the servers of the description.")
    String baseUrl;

    @Option(
            names = "--include",
            paramLabel = "GLOB",
            split = ",",
            description = "Only operations whose tool, operationId or path is like this; * stands for any characters.")
    List<String> include = new ArrayList<>();

    @Option(names = "--prefix", paramLabel = "P", description = "What the names of tools and variables begin with.")
    String prefix = "";

    @Option(
            names = "--fetch",
            description = "SPEC is an address; it is asked as an http tool would, with tools.allowed_hosts.")
    boolean fetch;

    @Parameters(paramLabel = "SPEC", description = "The description: a file, or with --fetch an address.")
    String source;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!prefix.matches("[A-Za-z0-9_-]{0,30}")) {
            throw new ParameterException(spec.commandLine(), "--prefix: must be at most 30 letters, digits, _ and -");
        }
        PrintWriter err = spec.commandLine().getErr();
        try {
            Optional<byte[]> description = fetch ? fetched() : Optional.of(read());
            if (description.isEmpty()) {
                return ExitCode.USAGE;
            }
            ImportedFile file = OpenApiImport.of(
                    description.get(), new ImportOptions(Optional.ofNullable(baseUrl), include, prefix));
            return write(file);
        } catch (UnusableSpec e) {
            err.println("mcp-server: " + source + " " + e.getMessage());
        } catch (FetchException e) {
            err.println("mcp-server: " + source + " cannot be fetched: it " + e.getMessage());
        }
        return ExitCode.FAILURE;
    }

    private byte[] read() throws IOException {
        if (source.matches("(?i)https?://.*")) {
            throw new ParameterException(
                    spec.commandLine(), "SPEC is an address; with --fetch it is asked, which nothing does unasked");
        }
        Path file = Path.of(source);
        if (!Files.isRegularFile(file)) {
            throw new ParameterException(spec.commandLine(), "There is no file " + file);
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(SpecText.MOST_BYTES + 1);
        }
    }

    private Optional<byte[]> fetched() throws FetchException, InterruptedException {
        LoadedConfig loaded = options.load();
        loaded.problems(Problem.Severity.ERROR)
                .forEach(problem -> spec.commandLine().getErr().println(problem.render()));
        if (loaded.valid().isEmpty()) {
            return Optional.empty();
        }
        try (WebClient client = new WebClient()) {
            WebRequest request = new WebRequest("GET", WebAddress.of(source), List.of(), Optional.empty());
            AllowedHosts allowed = AllowedHosts.of(loaded.valid().get().tools().allowedHosts());
            Answer answer = client.ask(
                    request,
                    new WebClient.Bounds(allowed, 3, SpecText.MOST_BYTES + 1, Set.of(), TimeLeft.of(PATIENCE)));
            if (answer.status() != 200) {
                spec.commandLine().getErr().println("mcp-server: %s answered %d".formatted(source, answer.status()));
                return Optional.empty();
            }
            return Optional.of(answer.body());
        }
    }

    private int write(ImportedFile file) throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        file.warnings().forEach(warning -> err.println("warning: " + warning));
        if (out == null) {
            spec.commandLine().getOut().print(file.yaml());
            spec.commandLine().getOut().flush();
        } else {
            try {
                Files.writeString(out, file.yaml(), StandardOpenOption.CREATE_NEW);
            } catch (FileAlreadyExistsException e) {
                err.println("mcp-server: " + out + " is there already; nothing was written");
                return ExitCode.FAILURE;
            }
            spec.commandLine().getOut().println(out + " was written: " + Words.count(file.tools(), "tool") + ".");
        }
        if (!file.variables().isEmpty()) {
            err.println("Set these variables of the environment: " + String.join(", ", file.variables()));
        }
        return ExitCode.OK;
    }
}
