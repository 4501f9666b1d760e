package io.mcpserver.storage;

import java.util.List;
import java.util.Optional;

/**
 * What belongs to a collection rather than to its documents; durable with it.
 *
 * @param model the embedding model that its vectors were made with, recorded at the first save that
 *     brought any
 * @param textFields dotted paths whose strings are searched; empty: all string values
 */
public record CollectionSettings(Optional<Model> model, List<String> textFields) {

    public static final CollectionSettings NONE = new CollectionSettings(Optional.empty(), List.of());

    /** @param dimension floats a vector */
    public record Model(String name, int dimension) {}
}
