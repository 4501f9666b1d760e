package io.mcpserver.data.restore;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.data.backup.BackupReader;
import io.mcpserver.data.backup.BadBackupException;
import io.mcpserver.data.backup.Manifest;
import io.mcpserver.data.file.Folders;
import io.mcpserver.data.lines.StoreLine;
import io.mcpserver.data.transfer.Steps;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.DirectoryLock;
import io.mcpserver.storage.FreeSpace;
import io.mcpserver.storage.StorageFault;
import io.mcpserver.storage.StoreException;
import io.mcpserver.storage.StoreSwap;
import io.mcpserver.storage.service.DataFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The folder within a data folder where a backup becomes a store. One restore has it at a time; what a killed one left is
 * cleared away by the next. Closing clears it away too; the folder and its lock file stay. What a swap has taken is no
 * longer touched. Not for several threads.
 */
public final class Workshop implements AutoCloseable {

    private static final long SPARE_BYTES = 32L << 20;

    private final ServerConfig.Storage config;
    private final Path folder;
    private final DirectoryLock lock;

    private Workshop(ServerConfig.Storage config, Path folder, DirectoryLock lock) {
        this.config = config;
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Opens the workshop of a data folder, making both where there is none.
     *
     * @throws StoreException {@code CONFLICT} if another restore works there; {@code STORE_UNAVAILABLE} if a swap is
     *     under way, or if the folder is a link
     */
    public static Workshop open(ServerConfig.Storage config) {
        Path folder = config.path().resolve(StoreSwap.WORKSHOP);
        requireNoLink(config.path(), folder);
        DirectoryLock lock = acquire(folder);
        try {
            // Once more, as it may have become one.
            requireNoLink(config.path(), folder);
            if (StoreSwap.begun(config.path())) {
                throw new StoreException(
                        ErrorCode.STORE_UNAVAILABLE,
                        "Another new store is just taking its place in " + config.path()
                                + ": repeat this in a moment. If it says the same then, start the server again, which finishes that.");
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
        if (!NewStore.make(beside, source, stopped)) {
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
     * Puts the store that is ready in the place of the other. If nobody knows whether that happened, the store is withdrawn,
     * and then it did not; what was taken before is left to who took it.
     *
     * @throws StoreException as the swap says; {@code STORE_UNAVAILABLE} if it was withdrawn
     */
    public void swap(Restore.Swap swap, String kept) {
        try {
            swap.run(kept);
        } catch (StoreException e) {
            if (e.code() == ErrorCode.OUTCOME_UNKNOWN && clear(folder)) {
                throw new StoreException(
                        ErrorCode.STORE_UNAVAILABLE,
                        "The store in " + config.path() + " was not replaced, and the old one is in use: "
                                + (e.getCause() == null
                                        ? e.getMessage()
                                        : e.getCause().getMessage()),
                        e);
            }
            throw e;
        }
    }

    @Override
    public void close() {
        // The lock goes last, and its file never: another restore may begin as soon as it is free.
        try (lock) {
            clear(folder);
        }
    }

    /**
     * Takes the store away as a whole before its files go, so that no part of it can be taken for a store.
     *
     * @return whether there was one
     */
    private static boolean clear(Path folder) {
        Path ready = folder.resolve(StoreSwap.READY);
        Path leaving = folder.resolve("leaving");
        Folders.delete(leaving);
        try {
            Files.move(ready, leaving, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw StorageFault.of(ready + " cannot be deleted", e);
        }
        Folders.delete(leaving);
        return true;
    }

    /** Root would be led elsewhere by it. */
    private static void requireNoLink(Path data, Path folder) {
        try {
            boolean elsewhere = Files.exists(folder)
                    && !folder.toRealPath().equals(data.toRealPath().resolve(StoreSwap.WORKSHOP));
            if (Files.isSymbolicLink(folder) || elsewhere) {
                throw new StoreException(
                        ErrorCode.STORE_UNAVAILABLE, folder + " is a link, which is not followed: delete it.");
            }
        } catch (IOException e) {
            throw StorageFault.of(folder + " cannot be used", e);
        }
    }

    private static DirectoryLock acquire(Path folder) {
        try {
            return DirectoryLock.acquire(folder);
        } catch (StoreException e) {
            if (e.code() != ErrorCode.STORE_LOCKED) {
                throw e;
            }
            OptionalLong owner = DirectoryLock.owner(folder);
            throw new StoreException(
                    ErrorCode.CONFLICT,
                    "Another restore, migration or repair works in %s%s: wait for it, or end it."
                            .formatted(folder.getParent(), owner.isPresent() ? " (pid " + owner.getAsLong() + ")" : ""),
                    e);
        }
    }

    private void requireRoom(Manifest manifest) {
        long free = FreeSpace.in(folder);
        long wanted = manifest.bytes() + manifest.bytes() / 4 + SPARE_BYTES;
        if (free < wanted) {
            throw new StoreException(
                    ErrorCode.DISK_FULL,
                    "The backup has %,d bytes of documents, and %,d bytes are free in %s: about %,d are needed beside the data that is there."
                            .formatted(manifest.bytes(), free, config.path(), wanted));
        }
    }
}
