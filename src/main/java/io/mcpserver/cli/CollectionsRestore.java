package io.mcpserver.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.data.DataLine;
import io.mcpserver.data.restore.CollectionChoice;
import io.mcpserver.data.restore.Merge;
import io.mcpserver.data.restore.VerifiedBackup;
import io.mcpserver.storage.StoreException;
import java.io.PrintWriter;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Brings collections of a backup into the store that is there, and says what became of them. */
final class CollectionsRestore {

    private final ServerConfig config;
    private final DataOptions options;
    private final VerifiedBackup backup;
    private final CollectionChoice choice;
    private final boolean replace;
    private final JsonOption json;
    private final CommandSpec spec;

    CollectionsRestore(
            ServerConfig config,
            DataOptions options,
            VerifiedBackup backup,
            CollectionChoice choice,
            boolean replace,
            JsonOption json,
            CommandSpec spec) {
        this.config = config;
        this.options = options;
        this.backup = backup;
        this.choice = choice;
        this.replace = replace;
        this.json = json;
        this.spec = spec;
    }

    /** Returns the exit code. */
    int run(boolean dryRun) {
        SortedMap<String, String> names = names();
        SortedMap<String, Long> documents = new TreeMap<>(backup.contents().documents());
        documents.keySet().retainAll(names.keySet());
        if (dryRun) {
            tellPlan(names, documents);
            return ExitCode.OK;
        }
        try (DataLine store = options.elsewhere() ? options.remote() : options.local(config, true);
                StopSignal stop = StopSignal.install();
                StepDisplay display = StepDisplay.of("Restoring")) {
            Merge merge = Merge.run(store, backup, names, replace, display, stop::stopped);
            display.close();
            tell(merge, names, store.where());
            return merge.stopped() ? stop.exitCode() : ExitCode.OK;
        }
    }

    private SortedMap<String, String> names() {
        try {
            return choice.in(backup.contents().documents().keySet());
        } catch (StoreException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void tellPlan(SortedMap<String, String> names, SortedMap<String, Long> documents) {
        if (json.asked) {
            json.print(report(true, names));
            return;
        }
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "Would bring %s of %s from %s into the store beside what is there.%n",
                Words.count(
                        documents.values().stream().mapToLong(Long::longValue).sum(), "document"),
                backup.manifest().created(),
                backup.file());
        CollectionsTable.print(documents, names::get, out);
    }

    private void tell(Merge merge, SortedMap<String, String> names, String where) {
        if (json.asked) {
            ObjectNode report = report(false, names)
                    .put("saved", merge.saved())
                    .put("unchanged", merge.unchanged())
                    .put("kept", merge.kept())
                    .put("settings", merge.settings())
                    .put("stopped", merge.stopped());
            merge.keptDocuments().forEach(report.putArray("kept_documents")::add);
            json.print(report);
            return;
        }
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "%s %s of %s in %s: %s saved, %,d unchanged, %,d kept as they are.%n",
                merge.stopped() ? "Stopped restoring" : "Restored",
                Words.count(names.size(), "collection"),
                backup.manifest().created(),
                where,
                Words.count(merge.saved(), "document"),
                merge.unchanged(),
                merge.kept());
        if (merge.kept() > 0) {
            out.println("In another state here, and kept (--replace takes the backup's): "
                    + String.join(", ", merge.keptDocuments()));
        }
        if (merge.stopped()) {
            out.println("Run the same command again to go on.");
        }
    }

    private ObjectNode report(boolean dryRun, SortedMap<String, String> names) {
        ObjectNode report = JsonNodeFactory.instance
                .objectNode()
                .put("dry_run", dryRun)
                .put("input", backup.file().toString())
                .put("created", backup.manifest().created());
        ArrayNode collections = report.putArray("by_collection");
        names.forEach((name, other) -> collections
                .addObject()
                .put("name", name)
                .put("as", other)
                .put("documents", backup.contents().documents().get(name)));
        return report;
    }
}
