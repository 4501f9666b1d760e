package io.mcpserver.storage.service;

import io.mcpserver.storage.DocumentStore;

/** Opens the configured store lazily. */
public class StoreService {
    public DocumentStore store() {
        throw new UnsupportedOperationException();
    }
}
