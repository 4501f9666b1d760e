package io.mcpserver.cli;

import io.mcpserver.data.backup.BackupFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which backup is meant: a file, or one of a folder. A picocli mixin. */
public final class BackupChoice {

    @Option(
            names = {"-i", "--input"},
            paramLabel = "FILE",
            required = true,
            description = "The backup; or a folder of backups that backup.interval made, of which the newest is taken.")
    Path input;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "Of a folder: the newest backup that was begun at this time or before it, such as"
                    + " 2026-01-31T12:00:00Z.")
    String at;

    @Spec(Spec.Target.MIXEE)
    CommandSpec spec;

    /** The file. */
    Path file() {
        if (!Files.isDirectory(input)) {
            if (!Files.exists(input)) {
                throw usage("There is no file " + input);
            }
            if (!Files.isRegularFile(input)) {
                throw usage(input + " is no file");
            }
            if (at != null) {
                throw usage("--at goes with a folder of backups, and " + input + " is a file");
            }
            return input;
        }
        BackupFolder folder = new BackupFolder(input);
        return folder.newestUntil(at == null ? Instant.MAX : TimeOption.read("--at", at, spec))
                .orElseThrow(() -> usage(none(folder)));
    }

    private String none(BackupFolder folder) {
        return folder.oldest()
                .map(oldest -> "The oldest backup in %s was begun at %s, after --at %s".formatted(input, oldest, at))
                .orElse(
                        "There is no backup in the folder %s that is called as backup.interval calls them, mcp-server-YYYYMMDD-HHMMSS.tar.gz; name the file"
                                .formatted(input));
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
