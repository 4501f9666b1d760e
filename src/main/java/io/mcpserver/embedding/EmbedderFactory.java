package io.mcpserver.embedding;

/** Makes embedders of one model. Found with {@link java.util.ServiceLoader}; loading it loads no model. */
public interface EmbedderFactory {

    /** The value of {@code embedding.model} that selects this model. */
    String model();

    Embedder create();
}
