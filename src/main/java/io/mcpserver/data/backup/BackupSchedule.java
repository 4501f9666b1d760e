package io.mcpserver.data.backup;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.data.DataLine;
import io.mcpserver.data.transfer.Steps;
import io.mcpserver.storage.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** When the next backup is due, and what is done then. Threads: one at a time. */
public final class BackupSchedule {

    /** Until it is tried again after a failure, at most. */
    private static final Duration RETRY = Duration.ofMinutes(10);

    private final ServerConfig.Backup config;
    private final BackupFolder folder;
    private Optional<Instant> failed = Optional.empty();

    public BackupSchedule(ServerConfig.Backup config) {
        this.config = config;
        this.folder = new BackupFolder(config.directory());
    }

    /** How long until the next one is due; zero if it is due now. */
    public Duration untilNext(Instant now) {
        Optional<Instant> newest = newest();
        Instant due = newest.map(time -> time.plus(config.interval())).orElse(now);
        if (failed.isPresent()) {
            Duration patience = config.interval().compareTo(RETRY) < 0 ? config.interval() : RETRY;
            Instant again = failed.get().plus(patience);
            due = again.isAfter(due) ? again : due;
        }
        Duration left = Duration.between(now, due);
        // A clock that was put back does not keep backups away for longer than from one to the next.
        Duration longest = config.interval();
        return left.isNegative() ? Duration.ZERO : left.compareTo(longest) > 0 ? longest : left;
    }

    /**
     * Makes one, and deletes those that are too many.
     *
     * @return the backup; empty if it was stopped
     * @throws RuntimeException with a sentence that says why there is none; it is due again after a while
     */
    public Optional<Backup> run(DataLine line, Instant now, BooleanSupplier stopped) {
        failed = Optional.of(now);
        Optional<char[]> passphrase = config.passphrase().map(BackupPassphrase::configured);
        Optional<Backup> made =
                Backup.make(line, folder.file(now, passphrase.isPresent()), passphrase, Steps.NONE, stopped);
        if (made.isPresent()) {
            failed = Optional.empty();
            folder.prune(config.keep());
        }
        return made;
    }

    private Optional<Instant> newest() {
        try {
            return folder.newest();
        } catch (StoreException e) {
            // Making one will say the same.
            return Optional.empty();
        }
    }
}
