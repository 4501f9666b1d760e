package io.mcpserver.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.data.DataLine;
import io.mcpserver.data.DataLine.Operation;
import io.mcpserver.data.backup.Manifest;
import io.mcpserver.data.restore.Restore;
import io.mcpserver.data.restore.VerifiedBackup;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.DirectoryLock;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.service.DataFormat;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Puts a backup in the place of the store of a data folder, and says so. */
final class StoreRestore {

    private final ConfigOptions options;
    private final ServerConfig config;
    private final VerifiedBackup backup;
    private final ServerConfig.Storage storage;
    private final OldFilesOption old;
    private final JsonOption json;
    private final CommandSpec spec;

    /** @param engine of the new store; null for the configured one */
    StoreRestore(
            ConfigOptions options,
            ServerConfig config,
            VerifiedBackup backup,
            String engine,
            OldFilesOption old,
            JsonOption json,
            CommandSpec spec) {
        ServerConfig.Storage configured = config.storage();
        this.options = options;
        this.config = config;
        this.backup = backup;
        this.storage =
                engine == null ? configured : configured.withType(EngineAdvice.require("--engine", engine, spec));
        this.old = old;
        this.json = json;
        this.spec = spec;
    }

    /** Returns the exit code. */
    int run(boolean dryRun) {
        Path data = storage.path();
        if (dryRun) {
            tell(true, data.toString(), Optional.empty());
            return ExitCode.OK;
        }
        DirectoryLock lock;
        try {
            lock = DirectoryLock.acquire(data);
        } catch (StoreException e) {
            if (e.code() != ErrorCode.STORE_LOCKED) {
                throw e;
            }
            try (DataLine server = DataOptions.attach(config, e)) {
                requireEngineOf(server);
                return restore(kept -> changeOver(server, kept), server.where());
            }
        }
        try (lock) {
            return restore(Restore.owning(data), data.toString());
        }
    }

    /** A server changes over to a store of its own engine only; said before the work and not after it. */
    private void requireEngineOf(DataLine server) {
        Optional<String> engine = DataFormat.of(storage.path()).map(DataFormat::engine);
        if (engine.isPresent() && !engine.get().equals(storage.type())) {
            throw new StoreException(
                    ErrorCode.CONFLICT,
                    "%s runs the engine %s and cannot change over to %s: stop it, restore, and set storage.type to %s before it starts again."
                            .formatted(server.where(), engine.get(), storage.type(), storage.type()));
        }
    }

    private static void changeOver(DataLine server, String kept) {
        try {
            server.ask(Operation.SWAP, kept);
        } catch (RuntimeException e) {
            throw new StoreException(
                    ErrorCode.OUTCOME_UNKNOWN,
                    "%s did not say that it changed over to the new store, which may be in use now or after its next start: %s Look with mcp-server stats before you restore again."
                            .formatted(server.where(), e.getMessage()),
                    e);
        }
    }

    private int restore(Restore.Swap swap, String where) {
        try (StopSignal stop = StopSignal.install();
                StepDisplay display = StepDisplay.of("Restoring")) {
            Optional<Path> kept = Restore.run(
                    storage, backup.file(), backup.passphrase(), backup.manifest(), swap, display, stop::stopped);
            display.close();
            if (kept.isEmpty()) {
                return stop.tell(spec.commandLine().getErr(), "the store is as it was");
            }
            tell(false, where, old.kept(kept.get()));
            return ExitCode.OK;
        }
    }

    private void tell(boolean dryRun, String where, Optional<Path> kept) {
        Manifest manifest = backup.manifest();
        Optional<String> advice = EngineAdvice.of(options, storage.type());
        if (json.asked) {
            json.print(report(dryRun, kept, advice));
            return;
        }
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "%s %s of %s from %s into %s, in the engine %s.%n",
                dryRun ? "Would restore" : "Restored",
                Words.count(manifest.documents(), "document"),
                manifest.created(),
                backup.file(),
                where,
                storage.type());
        if (dryRun) {
            CollectionsTable.print(backup.contents().documents(), name -> name, out);
        }
        advice.ifPresent(out::println);
        OldFilesOption.tell(kept, out);
    }

    private ObjectNode report(boolean dryRun, Optional<Path> kept, Optional<String> advice) {
        Manifest manifest = backup.manifest();
        ObjectNode report = JsonNodeFactory.instance
                .objectNode()
                .put("dry_run", dryRun)
                .put("input", backup.file().toString())
                .put("created", manifest.created())
                .put("engine", storage.type())
                .put("documents", manifest.documents())
                .put("deleted_ids", manifest.deleted())
                .put("settings", manifest.settings())
                .put("old_files", kept.map(Path::toString).orElse(null))
                .put("advice", advice.orElse(null));
        ArrayNode collections = report.putArray("by_collection");
        backup.contents()
                .documents()
                .forEach((name, documents) ->
                        collections.addObject().put("name", name).put("documents", documents));
        return report;
    }
}
