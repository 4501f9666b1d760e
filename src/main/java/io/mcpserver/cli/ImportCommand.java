package io.mcpserver.cli;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.data.DataLine;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.importer.ImportReport;
import io.mcpserver.importer.Importer;
import io.mcpserver.storage.CollectionNames;
import io.mcpserver.storage.service.StoreService;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings files into a collection, or an export into the store. */
@Command(
        name = "import",
        description = {
            "Imports files, and all files under folders, into a collection; or what export wrote into the store.",
            "",
            "Markdown (.md, .markdown), text (.txt, .text, .rst, .adoc) and HTML (.html, .htm) become documents of a"
                    + " title, a text and their source, a section each; the objects in .json, .jsonl and .ndjson and the"
                    + " rows in .csv become documents as they are, under their own id if they have one. Any of these may"
                    + " be gzipped (.gz). Other and hidden files are passed over.",
            "",
            "Repeat it at will: what is unchanged is skipped, and parts that vanished from a file are deleted. A file is"
                    + " known by its whole path: one that was moved is imported anew, and its earlier documents stay. A"
                    + " bad file is listed and keeps no other out. Stopped with Ctrl-C, it goes on the next time.",
            "",
            "Without --collection, .jsonl and .ndjson files are exports: each line names its collection, and documents keep"
                    + " id, version and times. What is there already is passed over; what is there in another state stays, and"
                    + " is told. A broken line is told with its number and keeps no other out. Where a server runs on the"
                    + " data folder, it does the work.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:something could not be imported; the rest was",
            "2:wrong usage or configuration",
            "130:stopped with Ctrl-C; what was saved stays"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mcp-server import docs",
            "  mcp-server import README.md notes/ --collection notes",
            "  mcp-server import people.csv --collection people --data /var/lib/mcp-server",
            "  mcp-server import all.jsonl.gz --dry-run",
            "      says which lines of an export are broken, and imports nothing",
            "  mcp-server import all.jsonl.gz --url https://mcp.example.com --key-file admin.key"
        })
public final class ImportCommand implements Callable<Integer> {

    /** What the files are. */
    enum Format {
        files,
        export
    }

    @Mixin
    DataOptions options;

    @Option(
            names = "--collection",
            paramLabel = "NAME",
            description = "The collection; without it, the name of the one folder that is imported.")
    String collection;

    @Option(
            names = "--format",
            paramLabel = "files|export",
            description =
                    "What the files are; without it, export where all are .jsonl or .ndjson files (.gz) and there is"
                            + " no --collection.")
    Format format;

    @Option(
            names = "--replace",
            description = "Of an export: replaces documents that are there in another state, as a new version.")
    boolean replace;

    @Option(names = "--dry-run", description = "Of an export: only says which lines are broken.")
    boolean dryRun;

    @Option(names = "--json", description = "Of an export: prints one JSON object.")
    boolean json;

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "Files and folders.")
    List<Path> paths;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        requireFiles();
        if (isExport()) {
            return lines();
        }
        if (options.elsewhere() || replace || dryRun || json) {
            throw usage("--url, --replace, --dry-run and --json are for exports (--format export)");
        }
        String into = target();
        return options.load(spec.commandLine().getErr())
                .map(config -> run(config, into))
                .orElse(ExitCode.USAGE);
    }

    private boolean isExport() {
        if (format != null) {
            if (format == Format.export && collection != null) {
                throw usage("--collection does not go with an export: each line names its own");
            }
            return format == Format.export;
        }
        return collection == null
                && paths.stream()
                        .allMatch(path -> Files.isRegularFile(path)
                                && path.getFileName().toString().matches("(?i).+\\.(jsonl|ndjson)(\\.gz)?"));
    }

    private int lines() {
        if (options.elsewhere()) {
            return lines(options.remote());
        }
        return options.load(spec.commandLine().getErr())
                .map(config -> lines(options.local(config, true)))
                .orElse(ExitCode.USAGE);
    }

    private int lines(DataLine opened) {
        try (DataLine line = opened) {
            return new LineImport(
                            line,
                            replace,
                            dryRun,
                            json,
                            spec.commandLine().getOut(),
                            spec.commandLine().getErr())
                    .run(paths);
        }
    }

    private int run(ServerConfig config, String into) {
        PrintWriter err = spec.commandLine().getErr();
        try (StopSignal stop = StopSignal.install();
                ImportDisplay display = ImportDisplay.of(err);
                StoreService stores = new StoreService(config)) {
            ImportReport report = new Importer(stores.store(), into, display, stop::stopped).run(paths);
            display.close();
            stores.close();
            return tell(report, into, stop);
        } catch (CodedException e) {
            err.println("mcp-server: " + e.getMessage());
            if (e.code() == ErrorCode.STORE_LOCKED) {
                err.println("Stop that process, or import into another folder with --data.");
            }
            return ExitCode.FAILURE;
        }
    }

    private int tell(ImportReport report, String into, StopSignal stop) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        out.printf(
                "%s %,d files into \"%s\": %,d documents saved, %,d deleted; %,d files unchanged, %,d of other kinds"
                        + " passed over, %,d failed.%n",
                report.stopped() ? "Stopped after" : "Imported",
                report.imported(),
                into,
                report.saved(),
                report.deleted(),
                report.unchanged(),
                report.otherKinds(),
                report.failures().size());
        report.failures().forEach(failure -> err.println(failure.path() + ": " + failure.reason()));
        if (report.stopped()) {
            out.println("Run the same command again to go on.");
            return stop.exitCode();
        }
        return report.failures().isEmpty() ? ExitCode.OK : ExitCode.FAILURE;
    }

    private void requireFiles() {
        for (Path path : paths) {
            if (!Files.exists(path)) {
                throw usage("There is no file or folder %s".formatted(path));
            }
            if (path.toString().matches("(?i).+\\.tar\\.gz(\\.age)?")) {
                throw usage("%s is called like a backup, which comes back with: mcp-server restore --input %s"
                        .formatted(path, path));
            }
        }
    }

    private String target() {
        if (collection == null) {
            return fromFolder();
        }
        if (!CollectionNames.isValid(collection)) {
            throw usage(
                    ("--collection must be 1 to 128 letters, digits, _ . or -, beginning with a letter or digit, but"
                                    + " is \"%s\"")
                            .formatted(collection));
        }
        return collection;
    }

    private String fromFolder() {
        if (paths.size() == 1 && Files.isDirectory(paths.getFirst())) {
            Path name = paths.getFirst().toAbsolutePath().normalize().getFileName();
            String plain = (name == null ? "" : name.toString())
                    .replaceAll("[^A-Za-z0-9_.-]+", "-")
                    .replaceFirst("^[^A-Za-z0-9]+", "");
            String cut = plain.substring(0, Math.min(plain.length(), 128));
            if (CollectionNames.isValid(cut)) {
                return cut;
            }
        }
        throw usage("--collection is missing; only a single folder gives its name to the collection");
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
