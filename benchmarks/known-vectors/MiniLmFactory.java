package io.mcpserver.embedding.onnx;

import io.mcpserver.embedding.Embedder;
import io.mcpserver.embedding.EmbedderFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Stands before the server's class of this name on the class path, for benchmarks. */
public final class MiniLmFactory implements EmbedderFactory {

    @Override
    public String model() {
        return MiniLmEmbedder.MODEL;
    }

    @Override
    public Embedder create() {
        try {
            return new KnownVectors(Path.of(System.getProperty("known.vectors")), new MiniLmEmbedder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
