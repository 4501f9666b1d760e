package io.mcpserver.storage;

import java.util.List;
import java.util.Optional;

/**
 * One committed change.
 *
 * @param sequence grows strictly with every change of the store, across collections and restarts
 * @param document the new version; empty when the id was deleted
 * @param vectors as they came with the save; empty when the change is read from the record
 */
public record Change(long sequence, String collection, String id, Optional<Document> document, List<float[]> vectors) {}
