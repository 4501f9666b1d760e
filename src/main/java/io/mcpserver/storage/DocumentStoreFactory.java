package io.mcpserver.storage;

import io.mcpserver.config.ServerConfig;
import java.util.Optional;
import java.util.Set;

/**
 * Opens stores of one engine. Found with {@link java.util.ServiceLoader}; loading a factory loads no
 * native library.
 */
public interface DocumentStoreFactory {

    /** The value of {@code storage.type} that selects this engine. */
    String type();

    /** The names, directly under {@code storage.path}, of all files and folders in which this engine keeps a store. */
    default Set<String> files() {
        return Set.of();
    }

    /**
     * Why no store of this engine can be opened on this machine, as the rest of a sentence; empty where one can, as far as
     * can be seen without loading native code.
     */
    default Optional<String> unavailable() {
        return Optional.empty();
    }

    /**
     * Opens the files of a store to read them row by row, whatever is damaged. An engine that does not do better reads all
     * or nothing.
     *
     * @param mend whether what keeps the store from being opened may be set aside
     * @throws StoreException as {@link #open} does, where nothing can be read at all
     */
    default StoreSalvage salvage(ServerConfig.Storage config, boolean mend) {
        return new SnapshotSalvage(open(config, ChangeListener.NONE));
    }

    /**
     * Opens the store under {@code storage.path}, creating it where there is none.
     *
     * @param listener hears of every change
     * @throws StoreException {@code STORE_LOCKED} if another process owns the directory (the message
     *     names its pid); {@code STORE_READ_ONLY}, {@code DISK_FULL}; {@code STORE_UNAVAILABLE} if the
     *     files cannot be read
     */
    DocumentStore open(ServerConfig.Storage config, ChangeListener listener);
}
