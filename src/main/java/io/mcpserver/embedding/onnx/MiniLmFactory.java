package io.mcpserver.embedding.onnx;

import io.mcpserver.embedding.Embedder;
import io.mcpserver.embedding.EmbedderFactory;

/** Makes embedders of all-MiniLM-L6-v2, quantized to eight bits. */
public final class MiniLmFactory implements EmbedderFactory {

    @Override
    public String model() {
        return MiniLmEmbedder.MODEL;
    }

    @Override
    public Embedder create() {
        return new MiniLmEmbedder();
    }
}
