package io.mcpserver.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpserver.config.ServerConfig;
import io.mcpserver.data.DataLine;
import io.mcpserver.data.backup.Backup;
import io.mcpserver.data.backup.BackupReader;
import io.mcpserver.data.backup.Manifest;
import io.mcpserver.insight.SizeInWords;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes a backup, or checks one. */
@Command(
        name = "backup",
        description = {
            "Makes a backup of all documents, or checks one.",
            "",
            "One file, a gzipped tar with a manifest of counts and checksums: all of one instant, though a server goes on"
                    + " writing, with the settings of collections and the last version of what was deleted. Where a server runs"
                    + " on the data folder, it is asked. The file gets its name when it is complete, on disk and was read back;"
                    + " no other is replaced. Encrypted, it can also be read by age (age-encryption.org). Keys, configuration"
                    + " and tool files are not in it.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, or the backup is whole",
            "1:failed, and nothing was left; or the backup is not whole",
            "2:wrong usage or configuration",
            "130:stopped with Ctrl-C; nothing was left"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mcp-server backup --output /mnt/backups/monday.tar.gz",
            "  mcp-server backup --output monday.tar.gz.age --encrypt --passphrase-file secret",
            "  mcp-server backup --verify monday.tar.gz",
            "  mcp-server backup --at 2026-01-31T12:00:00Z --output noon.tar.gz",
            "      of the state at that time, for restore --input noon.tar.gz; with lancedb and storage.history",
            "  mcp-server backup --url https://mcp.example.com --key-file admin.key --output there.tar.gz"
        })
final class BackupCommand implements Callable<Integer> {

    @Mixin
    DataOptions options;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "A new file.")
    Path output;

    @Option(
            names = "--verify",
            paramLabel = "FILE",
            description = "Makes nothing, and reads this backup from its beginning to its end.")
    Path verify;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "A backup of the state at this time, such as 2026-01-31T12:00:00Z, where the engine keeps"
                    + " states from before (storage.history).")
    String at;

    @Option(names = "--encrypt", description = "Encrypts it; also without this where backup.passphrase is configured.")
    boolean encrypt;

    @Mixin
    PassphraseOptions passphrase;

    @Mixin
    JsonOption json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        if ((output == null) == (verify == null)) {
            throw usage("give --output FILE to make a backup, or --verify FILE");
        }
        if (at != null && (verify != null || options.elsewhere())) {
            throw usage("--at is for a backup that is made where the data folder is");
        }
        Optional<ServerConfig> config = options.load(spec.commandLine().getErr());
        if (config.isEmpty()) {
            return ExitCode.USAGE;
        }
        return verify == null ? make(config.get()) : verify(config.get());
    }

    private int make(ServerConfig config) {
        Optional<char[]> secret =
                encrypt ? Optional.of(passphrase.require(config.backup())) : passphrase.read(config.backup());
        Optional<Instant> kept =
                at == null ? Optional.empty() : Optional.of(KeptState.until(config, TimeOption.read("--at", at, spec)));
        try (DataLine line = kept.isPresent() ? KeptState.open(config, kept.get()) : present(config);
                StopSignal stop = StopSignal.install();
                StepDisplay display = StepDisplay.of("Backing up")) {
            Optional<Backup> made = Backup.make(line, output, secret, kept, display, stop::stopped);
            display.close();
            if (made.isEmpty()) {
                return stop.tell(spec.commandLine().getErr(), "nothing was left");
            }
            tell("Backed up " + line.where(), made.get().file(), made.get().manifest(), secret.isPresent());
            return ExitCode.OK;
        }
    }

    private DataLine present(ServerConfig config) {
        return options.elsewhere() ? options.remote() : options.local(config, false);
    }

    private ParameterException usage(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }

    private int verify(ServerConfig config) {
        if (!Files.isRegularFile(verify)) {
            throw usage(Files.exists(verify) ? verify + " is no file" : "There is no file " + verify);
        }
        boolean encrypted = BackupReader.isEncrypted(verify);
        Optional<char[]> secret = encrypted ? passphrase.read(config.backup()) : Optional.empty();
        try (StepDisplay display = StepDisplay.of("Verifying")) {
            Manifest manifest = BackupReader.read(verify, secret, display, lines -> {});
            display.close();
            tell("Whole and undamaged, of " + manifest.created(), verify, manifest, encrypted);
            return ExitCode.OK;
        }
    }

    private void tell(String what, Path file, Manifest manifest, boolean encrypted) {
        PrintWriter out = spec.commandLine().getOut();
        long size = file.toFile().length();
        if (json.asked) {
            ObjectNode report = JsonNodeFactory.instance
                    .objectNode()
                    .put("file", file.toString())
                    .put("bytes", size)
                    .put("encrypted", encrypted)
                    .put("created", manifest.created())
                    .put("program", manifest.program())
                    .put("format", manifest.format())
                    .put("engine", manifest.engine())
                    .put("documents", manifest.documents())
                    .put("deleted_ids", manifest.deleted())
                    .put("settings", manifest.settings())
                    .put("parts", manifest.parts().size());
            json.print(report);
            return;
        }
        out.printf(
                "%s: %s and %s that were deleted in %s, %s%s.%n",
                what,
                Words.count(manifest.documents(), "document"),
                Words.count(manifest.deleted(), "id"),
                file,
                SizeInWords.of(size),
                encrypted ? ", encrypted" : "");
    }
}
