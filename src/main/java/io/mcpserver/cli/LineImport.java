package io.mcpserver.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.data.DataLine;
import io.mcpserver.data.transfer.LineFile;
import io.mcpserver.storage.StorageFault;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** Imports what the command export wrote, and says what became of it. */
final class LineImport {

    private final DataLine store;
    private final boolean replace;
    private final boolean dryRun;
    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean json;

    LineImport(DataLine store, boolean replace, boolean dryRun, boolean json, PrintWriter out, PrintWriter err) {
        this.store = store;
        this.replace = replace;
        this.dryRun = dryRun;
        this.json = json;
        this.out = out;
        this.err = err;
    }

    /** Imports files one after the other; returns the exit code. */
    int run(List<Path> files) {
        boolean good = true;
        try (StopSignal stop = StopSignal.install()) {
            ArrayNode reports = JsonNodeFactory.instance.arrayNode();
            for (Path file : files) {
                LineFile.Report report = read(file, stop);
                reports.add(toJson(file, report));
                if (!json) {
                    tell(file, report);
                }
                good &= report.broken() == 0;
                if (report.stopped()) {
                    return stop.exitCode();
                }
            }
            if (json) {
                ObjectNode all = JsonNodeFactory.instance.objectNode();
                all.put("dry_run", dryRun).set("files", reports);
                out.println(Json.print(all));
            }
            return good ? ExitCode.OK : ExitCode.FAILURE;
        }
    }

    private LineFile.Report read(Path file, StopSignal stop) {
        try (StepDisplay display = StepDisplay.of(dryRun ? "Reading" : "Importing")) {
            return new LineFile(store, replace, dryRun).run(file, display, stop::stopped);
        } catch (IOException e) {
            throw StorageFault.of(file + " cannot be read", e);
        }
    }

    private void tell(Path file, LineFile.Report report) {
        report.brokenLines().forEach(broken -> err.println(file + ":" + broken.line() + ": " + broken.why()));
        if (report.broken() > report.brokenLines().size()) {
            err.println(
                    file + ": and " + (report.broken() - report.brokenLines().size()) + " more");
        }
        if (dryRun) {
            out.printf(
                    "%s: %s, %,d of them broken; nothing was imported.%n",
                    file, Words.count(report.lines(), "line"), report.broken());
            return;
        }
        out.printf(
                "%s %s into %s: %s saved, %,d unchanged, %,d kept as they are, settings of %s changed, %s broken.%n",
                report.stopped() ? "Stopped in" : "Imported",
                file,
                store.where(),
                Words.count(report.saved(), "document"),
                report.unchanged(),
                report.kept(),
                Words.count(report.settings(), "collection"),
                Words.count(report.broken(), "line"));
        if (report.kept() > 0) {
            out.println("In another state here, and kept (--replace takes the file's): "
                    + String.join(", ", report.keptDocuments()));
        }
    }

    private static ObjectNode toJson(Path file, LineFile.Report report) {
        ObjectNode one = JsonNodeFactory.instance
                .objectNode()
                .put("file", file.toString())
                .put("lines", report.lines())
                .put("saved", report.saved())
                .put("unchanged", report.unchanged())
                .put("kept", report.kept())
                .put("settings", report.settings())
                .put("broken", report.broken())
                .put("stopped", report.stopped());
        report.keptDocuments().forEach(one.putArray("kept_documents")::add);
        ArrayNode broken = one.putArray("broken_lines");
        report.brokenLines()
                .forEach(line -> broken.addObject().put("line", line.line()).put("why", line.why()));
        return one;
    }
}
