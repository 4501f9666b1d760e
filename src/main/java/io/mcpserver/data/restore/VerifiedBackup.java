package io.mcpserver.data.restore;

import io.mcpserver.data.backup.BackupReader;
import io.mcpserver.data.backup.BadBackupException;
import io.mcpserver.data.backup.Manifest;
import io.mcpserver.data.transfer.Steps;
import java.nio.file.Path;
import java.util.Optional;

/** A backup that was read from its beginning to its end and is whole. */
public record VerifiedBackup(Path file, Optional<char[]> passphrase, Manifest manifest, BackupContents contents) {

    /** @throws BadBackupException if it is no whole, undamaged backup */
    public static VerifiedBackup read(Path file, Optional<char[]> passphrase, Steps steps) {
        BackupContents contents = new BackupContents();
        Manifest manifest = BackupReader.read(file, passphrase, steps, contents::add);
        return new VerifiedBackup(file, passphrase, manifest, contents);
    }
}
