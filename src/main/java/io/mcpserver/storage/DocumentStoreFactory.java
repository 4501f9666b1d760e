package io.mcpserver.storage;

import io.mcpserver.config.ServerConfig;
import io.mcpserver.error.ErrorCode;
import io.mcpserver.storage.search.SearchIndexFactory;
import java.time.Instant;
import java.util.List;
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
     * Since when each of the states lasted that a store keeps from before, oldest first; opens nothing. Empty where the
     * engine keeps none, or shall not.
     */
    default List<Instant> keptStates(ServerConfig.Storage config) {
        return List.of();
    }

    /**
     * Opens one of {@link #keptStates} to be read; changes nothing, so that it may be done beside who has the store open.
     *
     * @throws StoreException {@code NOT_FOUND} if it is not there, or went meanwhile
     */
    default StoreSnapshot openKept(ServerConfig.Storage config, Instant state) {
        throw new StoreException(ErrorCode.NOT_FOUND, "The engine " + type() + " keeps no states from before.");
    }

    /**
     * Why no store of this engine can be opened on this machine, as the rest of a sentence; empty where one can, as far as
     * can be seen without loading native code.
     */
    default Optional<String> unavailable() {
        return Optional.empty();
    }

    /** The kinds of search index that this engine brings, beside the one that every engine can have. */
    default List<SearchIndexFactory> searchIndexes() {
        return List.of();
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
