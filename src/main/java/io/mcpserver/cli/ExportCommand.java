package io.mcpserver.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.config.NearestName;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.data.DataLine;
import io.mcpserver.data.DataLine.Operation;
import io.mcpserver.data.file.NewFile;
import io.mcpserver.data.transfer.Export;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.CollectionNames;
import io.mcpserver.storage.StorageFault;
import io.mcpserver.storage.StoreException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.zip.GZIPOutputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes documents as JSON Lines. */
@Command(
        name = "export",
        description = {
            "Writes documents as JSON Lines, for other tools and for import.",
            "",
            "One line a document, {collection, id, version, created, updated, content}, and before them one for the"
                    + " settings of a collection that has any. All is of one instant, though a server goes on writing: where"
                    + " one runs on the data folder, it is asked. Imported into an empty store, it gives an equal one; deleted"
                    + " documents are in a backup only.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed; no file was left",
            "2:wrong usage or configuration",
            "130:stopped with Ctrl-C; no file was left"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mcp-server export --output all.jsonl.gz",
            "  mcp-server export --collection notes | jq -r .content.title",
            "  mcp-server export --url https://mcp.example.com --key-file admin.key --output all.jsonl"
        })
final class ExportCommand implements Callable<Integer> {

    @Mixin
    DataOptions options;

    @Option(
            names = "--collection",
            paramLabel = "NAME",
            description = "A collection; may be repeated. Without it, all.")
    List<String> collections = List.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "A new file, gzipped if its name ends with .gz; without it, standard output.")
    Path output;

    @Option(names = "--json", description = "Prints what was written as one JSON object; with --output.")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        check();
        if (options.elsewhere()) {
            return export(options.remote());
        }
        Optional<ServerConfig> config = options.load(spec.commandLine().getErr());
        return config.isPresent() ? export(options.local(config.get(), false)) : ExitCode.USAGE;
    }

    private int export(DataLine opened) throws IOException {
        try (DataLine line = opened;
                StopSignal stop = StopSignal.install()) {
            requireThere(line);
            Export done = output == null ? toStandardOutput(line, stop) : toFile(line, stop);
            if (done.stopped()) {
                return stop.tell(
                        spec.commandLine().getErr(),
                        output == null ? "what was written is not all" : "no file was left");
            }
            tell(done, line.where());
            return ExitCode.OK;
        }
    }

    private Export toFile(DataLine line, StopSignal stop) throws IOException {
        try (NewFile file = NewFile.begin(output)) {
            Export done;
            if (output.toString().endsWith(".gz")) {
                GZIPOutputStream out = new GZIPOutputStream(file.out(), 1 << 16);
                done = run(line, out, stop);
                out.finish();
            } else {
                done = run(line, file.out(), stop);
            }
            if (!done.stopped()) {
                file.publish();
            }
            return done;
        } catch (IOException e) {
            throw StorageFault.of(output + " cannot be written", e);
        }
    }

    private Export toStandardOutput(DataLine line, StopSignal stop) throws IOException {
        OutputStream out = new BufferedOutputStream(System.out, 1 << 16);
        Export done = run(line, out, stop);
        out.flush();
        if (System.out.checkError()) {
            throw new IOException("Standard output was closed before everything was written.");
        }
        return done;
    }

    private Export run(DataLine line, OutputStream out, StopSignal stop) throws IOException {
        try (StepDisplay display = StepDisplay.of("Exporting")) {
            return Export.run(line, collections, out, display, stop::stopped);
        }
    }

    private void tell(Export done, String from) {
        PrintWriter to = output == null
                ? spec.commandLine().getErr()
                : spec.commandLine().getOut();
        if (json) {
            ObjectNode report = JsonNodeFactory.instance
                    .objectNode()
                    .put("output", output.toString())
                    .put("documents", done.documents())
                    .put("settings", done.settings())
                    .put("bytes", done.bytes());
            to.println(Json.print(report));
            return;
        }
        to.printf(
                "Exported %s and the settings of %s from %s%s.%n",
                Words.count(done.documents(), "document"),
                Words.count(done.settings(), "collection"),
                from,
                output == null ? "" : " to " + output);
    }

    /** A name that was mistyped would give an empty file, which looks like an export. */
    private void requireThere(DataLine line) {
        if (collections.isEmpty()) {
            return;
        }
        List<String> there = new ArrayList<>();
        Json.read(line.ask(Operation.STATS, ""))
                .path("by_collection")
                .forEach(one -> there.add(one.path("name").asText()));
        for (String collection : collections) {
            if (!there.contains(collection)) {
                throw new StoreException(
                        ErrorCode.NOT_FOUND,
                        "There is no collection %s in %s%s"
                                .formatted(
                                        collection,
                                        line.where(),
                                        NearestName.of(collection, there)
                                                .map(name -> "; did you mean " + name + "?")
                                                .orElse(".")));
            }
        }
    }

    private void check() {
        if (json && output == null) {
            throw new ParameterException(spec.commandLine(), "--json goes with --output");
        }
        for (String collection : collections) {
            if (!CollectionNames.isValid(collection)) {
                throw new ParameterException(
                        spec.commandLine(), "--collection names no collection: \"%s\"".formatted(collection));
            }
        }
    }
}
