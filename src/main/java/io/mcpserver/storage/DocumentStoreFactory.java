package io.mcpserver.storage;

import io.mcpserver.config.ServerConfig;

/**
 * Opens stores of one engine. Found with {@link java.util.ServiceLoader}; loading a factory loads no
 * native library.
 */
public interface DocumentStoreFactory {

    /** The value of {@code storage.type} that selects this engine. */
    String type();

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
