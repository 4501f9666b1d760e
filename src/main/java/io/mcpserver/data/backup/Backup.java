package io.mcpserver.data.backup;

import io.mcpserver.data.DataLine;
import io.mcpserver.data.file.NewFile;
import io.mcpserver.data.transfer.Steps;
import io.mcpserver.data.transfer.StoreReading;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.StorageFault;
import io.mcpserver.storage.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A backup that was made.
 *
 * @param size bytes of the file
 * @param manifest what it says about itself
 */
public record Backup(Path file, long size, Manifest manifest) {

    /**
     * Makes a backup of a store as it is now, while the store goes on. The file gets its name when it is complete, on disk
     * and was read back; it replaces none.
     *
     * @param passphrase with which it is encrypted, if it shall be
     * @return the backup; empty if it was stopped, and then nothing is left
     * @throws StoreException as the store and the disk say
     */
    public static Optional<Backup> make(
            DataLine line, Path file, Optional<char[]> passphrase, Steps steps, BooleanSupplier stopped) {
        return make(line, file, passphrase, Optional.empty(), steps, stopped);
    }

    /**
     * As {@link #make(DataLine, Path, Optional, Steps, BooleanSupplier)}, also of a state from before.
     *
     * @param from when what the line shows was current; empty for now
     */
    public static Optional<Backup> make(
            DataLine line,
            Path file,
            Optional<char[]> passphrase,
            Optional<Instant> from,
            Steps steps,
            BooleanSupplier stopped) {
        try (NewFile target = NewFile.begin(file);
                StoreReading reading = StoreReading.begin(line, List.of(), true)) {
            Optional<Manifest> written =
                    write(reading, target, passphrase, from.orElseGet(Instant::now), steps, stopped);
            if (written.isEmpty()) {
                return Optional.empty();
            }
            target.flush();
            Manifest read = BackupReader.read(target.unfinished(), passphrase, Steps.NONE, lines -> {});
            if (!read.equals(written.get())) {
                throw new StoreException(
                        ErrorCode.INTERNAL,
                        "What was read back of the backup is not what was written; it is not kept.");
            }
            target.publish();
            return Optional.of(new Backup(file, Files.size(file), read));
        } catch (IOException e) {
            throw StorageFault.of(file + " cannot be written", e);
        }
    }

    private static Optional<Manifest> write(
            StoreReading reading,
            NewFile target,
            Optional<char[]> passphrase,
            Instant from,
            Steps steps,
            BooleanSupplier stopped)
            throws IOException {
        Instant created = from.truncatedTo(ChronoUnit.SECONDS);
        BackupWriter writer = new BackupWriter(target.out(), passphrase, reading.program(), created);
        long total = reading.documents() + reading.deletedIds();
        long lines = 0;
        Optional<String> page = reading.next();
        while (page.isPresent()) {
            if (stopped.getAsBoolean()) {
                return Optional.empty();
            }
            writer.lines(page.get());
            lines += page.get().chars().filter(letter -> letter == '\n').count();
            steps.at(Math.max(0, lines - reading.settings()), total);
            page = reading.next();
        }
        Manifest manifest = new Manifest(
                Manifest.FORMAT,
                reading.program(),
                reading.engine(),
                created.toString(),
                reading.sequence(),
                reading.documents(),
                reading.deletedIds(),
                reading.settings(),
                writer.parts());
        writer.finish(manifest);
        return Optional.of(manifest);
    }
}
