package io.mcpserver.data.lines;

import io.mcpserver.storage.CollectionSettings;
import io.mcpserver.storage.StoredDocument;

/** What one line says. */
public sealed interface StoreLine {

    /** The settings of a collection. */
    record Settings(String collection, CollectionSettings settings) implements StoreLine {}

    /** A document, or that there was one. */
    record Stored(StoredDocument document) implements StoreLine {}
}
