package io.mcpserver.cli;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.data.backup.BackupReader;
import io.mcpserver.data.restore.CollectionChoice;
import io.mcpserver.data.restore.VerifiedBackup;
import io.mcpserver.storage.StoreException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Puts a backup in the place of the store, or collections of it beside what is in it. */
@Command(
        name = "restore",
        description = {
            "Puts a backup in the place of the store, or collections of it beside what is there.",
            "",
            "The backup is read to its end and checked before anything is touched. Then it becomes a store beside the one"
                    + " that is there, is compared, and takes its place as one step: at every moment, also after kill -9 or on a"
                    + " full disk, the store is the old one or the new one. The old files stay in a folder before-… of the data"
                    + " folder. A server that runs on the data folder goes on meanwhile and changes over; calls of that moment"
                    + " are told to try again, and what was saved since the backup is in the old files only.",
            "",
            "With --collection or --prefix the store stays, and these collections of the backup are brought into it, under"
                    + " other names if wanted, by the rules of import: what is there in the same words is passed over, what is"
                    + " there in another state stays and is named, unless --replace; nothing is deleted. This is not one step:"
                    + " what was brought in before a failure stays, and the same command goes on.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed, and the old store is in use unless the message says that the new one may be",
            "2:wrong usage or configuration",
            "130:stopped with Ctrl-C, and the old store is in use; of collections, what was brought in stays"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mcp-server restore --input /mnt/backups/monday.tar.gz",
            "  mcp-server restore --input /mnt/backups --at 2026-01-31T12:00:00Z --dry-run",
            "      says which backup that would be, and what is in it",
            "  mcp-server restore --input monday.tar.gz --collection notes=notes-monday",
            "      to be looked at beside the present notes",
            "  mcp-server restore --input monday.tar.gz --engine lancedb",
            "  mcp-server restore --input monday.tar.gz.age --passphrase-file secret --data /srv/drill",
            "      into another folder, to see whether it could be done"
        })
final class RestoreCommand implements Callable<Integer> {

    @Mixin
    DataOptions options;

    @Mixin
    BackupChoice backup;

    @Mixin
    PassphraseOptions passphrase;

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            description = "The engine of the new store: duckdb, lancedb or tinydb; without it, the configured one.")
    String engine;

    @Option(
            names = "--collection",
            paramLabel = "NAME[=NEW]",
            description =
                    "Restores this collection only, beside what is there, under a new name if one is given; may be"
                            + " repeated.")
    List<String> collections = List.of();

    @Option(
            names = "--prefix",
            paramLabel = "TEXT",
            description = "Restores beside what is there, with this before the names of the collections.")
    String prefix = "";

    @Option(
            names = "--replace",
            description = "With --collection or --prefix: replaces documents that are there in another state, as a new"
                    + " version.")
    boolean replace;

    @Option(names = "--dry-run", description = "Checks the backup, changes nothing, and says what would be done.")
    boolean dryRun;

    @Mixin
    OldFilesOption old;

    @Mixin
    JsonOption json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        CollectionChoice choice = choice();
        Path file = backup.file();
        return options.load(spec.commandLine().getErr())
                .map(config -> restore(config, file, choice))
                .orElse(ExitCode.USAGE);
    }

    private int restore(ServerConfig config, Path file, CollectionChoice choice) {
        Optional<char[]> secret = BackupReader.isEncrypted(file) ? passphrase.read(config.backup()) : Optional.empty();
        VerifiedBackup verified;
        try (StepDisplay display = StepDisplay.of("Verifying")) {
            verified = VerifiedBackup.read(file, secret, display);
        }
        return choice.isEverything()
                ? new StoreRestore(options.config, config, verified, engine, old, json, spec).run(dryRun)
                : new CollectionsRestore(config, options, verified, choice, replace, json, spec).run(dryRun);
    }

    private CollectionChoice choice() {
        try {
            CollectionChoice choice = CollectionChoice.of(collections, prefix);
            if (choice.isEverything()) {
                refuse(replace, "--replace goes with --collection or --prefix: the whole store is replaced anyway");
                refuse(
                        options.elsewhere(),
                        "--url goes with --collection or --prefix: a whole store is restored where its folder is");
            } else {
                refuse(
                        engine != null,
                        "--engine is for a whole store; --collection and --prefix leave it in its engine");
                refuse(old.discard, "--discard-old is for a whole store; --collection and --prefix leave its files");
            }
            return choice;
        } catch (StoreException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void refuse(boolean wrong, String sentence) {
        if (wrong) {
            throw new ParameterException(spec.commandLine(), sentence);
        }
    }
}
