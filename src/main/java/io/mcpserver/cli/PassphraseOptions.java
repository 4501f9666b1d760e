package io.mcpserver.cli;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.data.backup.BackupPassphrase;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the passphrase of a backup comes from, which is never the command line. A picocli mixin. */
public final class PassphraseOptions {

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "A file that holds the passphrase. Without it: MCP_BACKUP_PASSPHRASE, or backup.passphrase in"
                    + " the configuration.")
    String file;

    @Spec(Spec.Target.MIXEE)
    CommandSpec spec;

    /** The passphrase; empty where none is given. */
    Optional<char[]> read(ServerConfig.Backup config) {
        return file != null
                ? Optional.of(BackupPassphrase.inFile(file))
                : config.passphrase().map(BackupPassphrase::configured);
    }

    /** The passphrase to encrypt with. */
    char[] require(ServerConfig.Backup config) {
        return read(config)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "--encrypt needs a passphrase: give --passphrase-file or set MCP_BACKUP_PASSPHRASE"));
    }
}
