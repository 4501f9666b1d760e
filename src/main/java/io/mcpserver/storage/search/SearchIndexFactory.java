package io.mcpserver.storage.search;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** Opens indexes of one kind. */
public interface SearchIndexFactory {

    /** The value of {@code storage.search_index} that selects this kind. */
    String name();

    /** Grows when the files, passages or the analysis of texts change; an index of another version is built anew. */
    String version();

    /**
     * What an index in a folder says about itself, after its files were looked through.
     *
     * @throws IOException if they are damaged
     */
    IndexFormat verify(Path folder) throws IOException;

    /** Opens an index that was verified, creating it where there is none. */
    SearchIndex open(Path folder, Contents contents) throws IOException;

    /**
     * What is kept in an index.
     *
     * @param model the embedding model of its vectors, or {@code none}
     * @param dimension of its vectors; 0 where there are none
     * @param terms of a text, in its order
     */
    record Contents(String model, int dimension, Function<String, List<String>> terms) {}
}
