package io.mcpserver.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.data.repair.Findings;
import io.mcpserver.data.repair.Repair;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks through the store for what is damaged, and mends it. */
@Command(
        name = "repair-database",
        description = {
            "Looks through the store for what is damaged, and mends it.",
            "",
            "Every row is read: can it be read, is it a document, are id, version, times and size right, is it there once?"
                    + " Then the search index is compared with the documents. What is derived is built anew. If documents are"
                    + " damaged, all that can be read goes into new files, which take the place of the old as one step; what"
                    + " cannot be read is set aside in a file, and the old files stay in a folder before-… of the data folder."
                    + " Stop the server before.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:nothing was wrong, or all of it was mended and nothing lost",
            "1:something was set aside; or, with --check, something is wrong; or it failed",
            "2:wrong usage or configuration",
            "130:stopped with Ctrl-C, and the data is as it was"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mcp-server repair-database --check",
            "  mcp-server repair-database",
            "  mcp-server repair-database --check --json --data /var/lib/mcp-server"
        })
final class RepairCommand implements Callable<Integer> {

    @Mixin
    ConfigOptions options;

    @Option(names = "--check", description = "Mends nothing, and says what is wrong.")
    boolean check;

    @Mixin
    JsonOption json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        return DataOptions.load(options, spec.commandLine().getErr())
                .map(config -> DataOptions.whileStopped(config, () -> repair(config)))
                .orElse(ExitCode.USAGE);
    }

    private int repair(ServerConfig config) {
        Path data = DataOptions.requireStore(config);
        try (StopSignal stop = StopSignal.install();
                StepDisplay display = StepDisplay.of(check ? "Checking" : "Repairing")) {
            Optional<Repair> done =
                    check ? Optional.of(Repair.check(config, display)) : Repair.run(config, display, stop::stopped);
            display.close();
            if (done.isEmpty()) {
                return stop.tell(spec.commandLine().getErr(), "the data is as it was");
            }
            Repair found = done.get();
            if (json.asked) {
                json.print(toJson(found));
            } else {
                tell(found, data);
            }
            boolean good = check ? found.whole() : found.documents().complete();
            return good ? ExitCode.OK : ExitCode.FAILURE;
        }
    }

    private void tell(Repair repair, Path data) {
        PrintWriter out = spec.commandLine().getOut();
        Findings found = repair.documents();
        found.faults().forEach(out::println);
        out.printf(
                "%s in %s: %s and %s that were deleted can be read, %,d of them %s; %s cannot.%n",
                repair.whole() ? "Nothing is wrong" : "Something was wrong",
                data,
                Words.count(found.documents(), "document"),
                Words.count(found.deletedIds(), "id"),
                found.mended(),
                check ? "with a fault" : "mended",
                Words.count(found.lost(), "row"));
        repair.indexFaults()
                .ifPresent(faults -> out.println(
                        faults == 0
                                ? "The search index has all of it as it is."
                                : "The search index had " + Words.count(faults, "document") + " in another state"
                                        + (check ? "." : ", and was built anew.")));
        repair.setAside().ifPresent(file -> out.println("What cannot be used is in " + file + "."));
        repair.kept().ifPresent(folder -> out.println("The old files are in " + folder + "."));
    }

    private ObjectNode toJson(Repair repair) {
        Findings found = repair.documents();
        ObjectNode report = JsonNodeFactory.instance
                .objectNode()
                .put("check", check)
                .put("whole", repair.whole())
                .put("documents", found.documents())
                .put("deleted_ids", found.deletedIds())
                .put("mended", found.mended())
                .put("lost", found.lost());
        if (repair.indexFaults().isPresent()) {
            report.put("index_faults", repair.indexFaults().getAsLong());
        }
        report.put("set_aside", repair.setAside().map(Path::toString).orElse(null))
                .put("old_files", repair.kept().map(Path::toString).orElse(null));
        found.faults().forEach(report.putArray("faults")::add);
        return report;
    }
}
