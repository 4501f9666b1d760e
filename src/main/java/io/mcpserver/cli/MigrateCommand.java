package io.mcpserver.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.data.migrate.Migration;
import io.mcpserver.storage.StoreSwap;
import io.mcpserver.storage.service.DataFormat;
import io.mcpserver.storage.service.StoreService;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Brings the data into the newest form, or into another engine. */
@Command(
        name = "migrate",
        description = {
            "Brings the data into the newest form, or into another engine.",
            "",
            "The data folder says in which form its data is. A program that is older than the form refuses it; a newer one"
                    + " brings it up to date, here or when it starts. With --to, all documents go into another engine, with"
                    + " their versions, times and settings: what was written is compared with the old store, document by"
                    + " document, and takes its place as one step; the old files stay in a folder before-… of the data folder."
                    + " Afterwards set storage.type. Stop the server before.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, or nothing to do",
            "1:failed, and the data is as it was",
            "2:wrong usage or configuration",
            "130:stopped with Ctrl-C, and the data is as it was"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mcp-server migrate --dry-run",
            "  mcp-server migrate",
            "  mcp-server migrate --to duckdb",
            "      from another engine, or, from duckdb, writes its files anew"
        })
final class MigrateCommand implements Callable<Integer> {

    @Mixin
    ConfigOptions options;

    @Option(
            names = "--to",
            paramLabel = "ENGINE",
            description = "The engine to move the data into: duckdb, lancedb or tinydb.")
    String to;

    @Option(names = "--dry-run", description = "Changes nothing, and says what would be done.")
    boolean dryRun;

    @Mixin
    OldFilesOption old;

    @Mixin
    JsonOption json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        return DataOptions.load(options, spec.commandLine().getErr())
                .map(this::migrate)
                .orElse(ExitCode.USAGE);
    }

    private int migrate(ServerConfig config) {
        DataOptions.requireStore(config);
        return DataOptions.whileStopped(config, () -> to == null ? upgrade(config) : move(config.storage()));
    }

    private int upgrade(ServerConfig config) {
        Path data = config.storage().path();
        StoreSwap.finishBegun(data);
        DataFormat.require(data, config.storage().type());
        int before = DataFormat.of(data).map(DataFormat::format).orElse(0);
        if (!dryRun) {
            try (StoreService stores = new StoreService(config)) {
                stores.store();
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json.asked) {
            ObjectNode report = JsonNodeFactory.instance
                    .objectNode()
                    .put("dry_run", dryRun)
                    .put("engine", config.storage().type())
                    .put("format_before", before)
                    .put("format", DataFormat.VERSION);
            json.print(report);
        } else if (before == DataFormat.VERSION) {
            out.printf("The data in %s is in form %d, the newest; nothing to do.%n", data, before);
        } else {
            out.printf(
                    "The data in %s %s from form %d to %d.%n",
                    data, dryRun ? "would be brought" : "was brought", before, DataFormat.VERSION);
        }
        return ExitCode.OK;
    }

    private int move(ServerConfig.Storage config) {
        String engine = EngineAdvice.require("--to", to, spec);
        try (StopSignal stop = StopSignal.install();
                StepDisplay display = StepDisplay.of(dryRun ? "Reading" : "Moving")) {
            Optional<Migration> moved = Migration.run(config, engine, dryRun, display, stop::stopped);
            display.close();
            if (moved.isEmpty()) {
                return stop.tell(spec.commandLine().getErr(), "the data is as it was");
            }
            tell(
                    moved.get(),
                    config.path(),
                    EngineAdvice.of(options, moved.get().to()));
            return ExitCode.OK;
        }
    }

    private void tell(Migration moved, Path data, Optional<String> advice) {
        Optional<Path> kept = moved.kept().flatMap(old::kept);
        if (json.asked) {
            ObjectNode report = JsonNodeFactory.instance
                    .objectNode()
                    .put("dry_run", dryRun)
                    .put("from", moved.from())
                    .put("to", moved.to())
                    .put("documents", moved.documents())
                    .put("deleted_ids", moved.deletedIds())
                    .put("settings", moved.settings())
                    .put("old_files", kept.map(Path::toString).orElse(null))
                    .put("advice", advice.orElse(null));
            json.print(report);
            return;
        }
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "%s %s and %s that were deleted from %s to %s in %s%s.%n",
                dryRun ? "Would move" : "Moved",
                Words.count(moved.documents(), "document"),
                Words.count(moved.deletedIds(), "id"),
                moved.from(),
                moved.to(),
                data,
                dryRun ? "" : "; what was written was compared with the old store");
        if (!dryRun) {
            advice.ifPresent(out::println);
        }
        OldFilesOption.tell(kept, out);
    }
}
