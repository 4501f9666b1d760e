package io.mcpserver.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.data.DataLine;
import io.mcpserver.data.DataLine.Operation;
import io.mcpserver.data.backup.BackupReader;
import io.mcpserver.data.backup.Manifest;
import io.mcpserver.data.restore.Restore;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.DirectoryLock;
import io.mcpserver.storage.StoreException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Puts a backup in the place of the store. */
@Command(
        name = "restore",
        description = {
            "Puts a backup in the place of the store.",
            "",
            "The backup is read to its end and checked before anything is touched. Then it becomes a store beside the one"
                    + " that is there, is compared, and takes its place as one step: at every moment, also after kill -9 or on a"
                    + " full disk, the store is the old one or the new one. The old files stay in a folder before-… of the data"
                    + " folder. A server that runs on the data folder goes on meanwhile and changes over; calls of that moment"
                    + " are told to try again, and what was saved since the backup is in the old files only.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed, and the old store is in use unless the message says that the new one may be",
            "2:wrong usage or configuration",
            "130:stopped with Ctrl-C, and the old store is in use"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mcp-server restore --input /mnt/backups/monday.tar.gz",
            "  mcp-server restore --input monday.tar.gz.age --passphrase-file secret --data /srv/drill",
            "      into another folder, to see whether it could be done",
            "  mcp-server restore --input monday.tar.gz --discard-old"
        })
final class RestoreCommand implements Callable<Integer> {

    @Mixin
    ConfigOptions options;

    @Option(
            names = {"-i", "--input"},
            paramLabel = "FILE",
            required = true,
            description = "The backup.")
    Path input;

    @Mixin
    PassphraseOptions passphrase;

    @Option(names = "--discard-old", description = "Deletes the old files once the new ones are in their place.")
    boolean discard;

    @Option(names = "--json", description = "Prints one JSON object.")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        if (!Files.isRegularFile(input)) {
            throw new ParameterException(spec.commandLine(), "There is no file " + input);
        }
        return DataOptions.load(options, spec.commandLine().getErr())
                .map(this::restore)
                .orElse(ExitCode.USAGE);
    }

    private int restore(ServerConfig config) {
        Optional<char[]> secret = BackupReader.isEncrypted(input) ? passphrase.read(config.backup()) : Optional.empty();
        Manifest manifest;
        try (StepDisplay display = StepDisplay.of("Verifying")) {
            manifest = BackupReader.read(input, secret, display, lines -> {});
        }
        Path data = config.storage().path();
        try (DirectoryLock lock = DirectoryLock.acquire(data)) {
            return restore(config.storage(), secret, manifest, Restore.owning(data), data.toString());
        } catch (StoreException e) {
            if (e.code() != ErrorCode.STORE_LOCKED) {
                throw e;
            }
            try (DataLine server = DataOptions.attach(config, e)) {
                return restore(config.storage(), secret, manifest, kept -> changeOver(server, kept), server.where());
            }
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

    private int restore(
            ServerConfig.Storage config, Optional<char[]> secret, Manifest manifest, Restore.Swap swap, String where) {
        try (StopSignal stop = StopSignal.install();
                StepDisplay display = StepDisplay.of("Restoring")) {
            Optional<Path> kept = Restore.run(config, input, secret, manifest, swap, display, stop::stopped);
            display.close();
            if (kept.isEmpty()) {
                return stop.exitCode();
            }
            if (discard || Restore.isEmpty(kept.get())) {
                Restore.discard(kept.get());
                kept = Optional.empty();
            }
            tell(manifest, where, kept);
            return ExitCode.OK;
        }
    }

    private void tell(Manifest manifest, String where, Optional<Path> kept) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ObjectNode report = JsonNodeFactory.instance
                    .objectNode()
                    .put("input", input.toString())
                    .put("created", manifest.created())
                    .put("documents", manifest.documents())
                    .put("deleted_ids", manifest.deleted())
                    .put("settings", manifest.settings())
                    .put("old_files", kept.map(Path::toString).orElse(null));
            out.println(Json.print(report));
            return;
        }
        out.printf(
                "Restored %s of %s into %s.%n",
                Words.count(manifest.documents(), "document"), manifest.created(), where);
        kept.ifPresent(folder -> out.println("The old files are in " + folder + "; delete it when you are sure."));
    }
}
