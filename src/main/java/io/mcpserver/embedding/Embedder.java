package io.mcpserver.embedding;

import java.util.List;

/**
 * Turns text into vectors whose cosine tells how near two texts are in meaning.
 *
 * <p>Threads: safe for any number of callers. The model is loaded by the first call of {@link
 * #embed}, not before. Closing: idempotent.
 */
public interface Embedder extends AutoCloseable {

    /** The model's name, as in {@code embedding.model}. */
    String model();

    /** Floats in a vector. */
    int dimension();

    /** One unit-length vector for each text, in their order. A text longer than the model reads is cut. */
    List<float[]> embed(List<String> texts);

    @Override
    void close();
}
