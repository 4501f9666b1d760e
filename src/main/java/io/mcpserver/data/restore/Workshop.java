package io.mcpserver.data.restore;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.data.backup.BackupReader;
import io.mcpserver.data.backup.BadBackupException;
import io.mcpserver.data.backup.Manifest;
import io.mcpserver.data.file.Folders;
import io.mcpserver.data.lines.LineSum;
import io.mcpserver.data.lines.StoreLine;
import io.mcpserver.data.lines.StoreLineText;
import io.mcpserver.data.transfer.Steps;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.ChangeListener;
import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.DirectoryLock;
import io.mcpserver.storage.DocumentStore;
import io.mcpserver.storage.StorageFault;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.StoreSnapshot;
import io.mcpserver.storage.StoreSwap;
import io.mcpserver.storage.StoredDocument;
import io.mcpserver.storage.service.DataFormat;
import io.mcpserver.storage.service.Engines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The folder within a data folder where a backup becomes a store. One restore has it at a time; what a killed one left is
 * cleared away by the next. Closing clears it away too, but for a store of which a swap failed, as that may have begun; the
 * folder and its lock file stay. Not for several threads.
 */
public final class Workshop implements AutoCloseable {

    private static final int BATCH = 500;
    private static final long SPARE_BYTES = 32L << 20;

    /** A restore that was stopped; nothing has changed. */
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1;

        Stopped() {
            super("stopped", null, false, false);
        }
    }

    private final ServerConfig.Storage config;
    private final Path folder;
    private final DirectoryLock lock;
    private boolean mayBeSwapped;

    private Workshop(ServerConfig.Storage config, Path folder, DirectoryLock lock) {
        this.config = config;
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Opens the workshop of a data folder, making both where there is none.
     *
     * @throws StoreException {@code STORE_LOCKED} if another restore works there; {@code STORE_UNAVAILABLE} if a swap was
     *     begun with what is in it
     */
    public static Workshop open(ServerConfig.Storage config) {
        Path folder = config.path().resolve(StoreSwap.WORKSHOP);
        DirectoryLock lock = DirectoryLock.acquire(folder);
        try {
            if (StoreSwap.begun(config.path())) {
                throw new StoreException(
                        ErrorCode.STORE_UNAVAILABLE,
                        "A new store is not yet in its place in " + config.path()
                                + ": start the server again, which finishes that, and then repeat this.");
            }
            clear(folder);
            Folders.giveToOwnerOf(config.path(), folder);
            return new Workshop(config, folder, lock);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /**
     * Makes a store of a backup, and compares what is in it with the backup.
     *
     * @param verified what the backup said when it was read before
     * @return whether it is ready; false if it was stopped
     * @throws BadBackupException if the backup is not as it was
     * @throws StoreException {@code DISK_FULL} and others as the engine says; the store that is in use is not touched
     */
    public boolean fill(
            Path file, Optional<char[]> passphrase, Manifest verified, Steps steps, BooleanSupplier stopped) {
        requireRoom(verified);
        return make(
                config.type(),
                lines -> {
                    if (!BackupReader.read(file, passphrase, steps, lines).equals(verified)) {
                        throw new BadBackupException("The backup " + file + " was changed while it was restored.");
                    }
                },
                stopped);
    }

    /** Where the lines of a new store come from, all of them, some at a time. */
    @FunctionalInterface
    public interface Source {
        void read(Consumer<List<StoreLine>> lines);
    }

    /**
     * Makes a store of lines, and compares what is in it with them.
     *
     * @return whether it is ready; false if it was stopped
     * @throws StoreException as the engine says; the store that is in use is not touched
     */
    public boolean make(String engine, Source source, BooleanSupplier stopped) {
        Path ready = folder.resolve(StoreSwap.READY);
        ServerConfig.Storage beside =
                new ServerConfig.Storage(engine, ready, config.cacheSize(), config.connectionPoolSize());
        LineSum given = new LineSum();
        try (DocumentStore store = Engines.find(engine).open(beside, ChangeListener.NONE)) {
            source.read(lines -> {
                if (stopped.getAsBoolean()) {
                    throw new Stopped();
                }
                put(store, lines, given);
            });
            if (!given.equals(sum(store))) {
                throw new StoreException(
                        ErrorCode.INTERNAL, "What was written is not what was given to be written; it is not used.");
            }
        } catch (Stopped e) {
            return false;
        }
        try {
            DataFormat.write(ready, engine);
            Folders.giveToOwnerOf(config.path(), ready);
            return true;
        } catch (IOException e) {
            throw StorageFault.of(ready + " cannot be written", e);
        }
    }

    /**
     * Puts the store that is ready in the place of the other. If that fails, what is ready stays: nobody here knows whether
     * its files are on their way.
     */
    public void swap(Restore.Swap swap, String kept) {
        mayBeSwapped = true;
        swap.run(kept);
        mayBeSwapped = false;
    }

    @Override
    public void close() {
        // The lock goes last, and its file never: another restore may begin as soon as it is free.
        try (lock) {
            if (!mayBeSwapped) {
                clear(folder);
            }
        }
    }

    /** Takes the store away as a whole before its files go, so that no part of it can be taken for a store. */
    private static void clear(Path folder) {
        Path ready = folder.resolve(StoreSwap.READY);
        Path leaving = folder.resolve("leaving");
        Folders.delete(leaving);
        if (!Files.exists(ready, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            Files.move(ready, leaving, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw StorageFault.of(ready + " cannot be deleted", e);
        }
        Folders.delete(leaving);
    }

    private void requireRoom(Manifest manifest) {
        long free = folder.toFile().getUsableSpace();
        long wanted = manifest.bytes() + manifest.bytes() / 4 + SPARE_BYTES;
        if (free > 0 && free < wanted) {
            throw new StoreException(
                    ErrorCode.DISK_FULL,
                    "The backup has %,d bytes of documents, and %,d bytes are free in %s: about %,d are needed beside the data that is there."
                            .formatted(manifest.bytes(), free, config.path(), wanted));
        }
    }

    private static void put(DocumentStore store, List<StoreLine> lines, LineSum sum) {
        List<StoredDocument> documents = new ArrayList<>();
        for (StoreLine line : lines) {
            switch (line) {
                case StoreLine.Settings(String collection, CollectionSettings settings) -> {
                    store.configure(collection, settings);
                    sum.add(StoreLineText.write(collection, settings));
                }
                case StoreLine.Stored(StoredDocument document) -> {
                    documents.add(document);
                    sum.add(StoreLineText.write(document));
                }
            }
        }
        for (int from = 0; from < documents.size(); from += BATCH) {
            store.adopt(documents.subList(from, Math.min(documents.size(), from + BATCH)), true);
        }
    }

    private static LineSum sum(DocumentStore store) {
        LineSum sum = new LineSum();
        try (StoreSnapshot snapshot = store.snapshot()) {
            for (Map.Entry<String, CollectionSettings> entry :
                    snapshot.settings().entrySet()) {
                sum.add(StoreLineText.write(entry.getKey(), entry.getValue()));
            }
            List<StoredDocument> some = snapshot.next(BATCH);
            while (!some.isEmpty()) {
                some.forEach(document -> sum.add(StoreLineText.write(document)));
                some = snapshot.next(BATCH);
            }
        }
        return sum;
    }
}
