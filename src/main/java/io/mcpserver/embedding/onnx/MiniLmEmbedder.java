package io.mcpserver.embedding.onnx;

import io.mcpserver.embedding.Embedder;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * all-MiniLM-L6-v2, quantized: 384 floats, made for English; reads the first 256 tokens of a text.
 *
 * <p>As many texts as there are processors, four at most, are worked on at a time, each on its
 * caller's thread; other callers wait. The same text gives the same vector whatever else is embedded
 * with it.
 */
final class MiniLmEmbedder implements Embedder {

    static final String MODEL = "all-minilm-l6-v2-q";

    private static final int DIMENSION = 384;
    private static final int MOST_AT_A_TIME = 4;

    private final int slots = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_AT_A_TIME);
    private final Semaphore free = new Semaphore(slots, true);
    private SentenceModel loaded;
    private boolean closed;

    @Override
    public String model() {
        return MODEL;
    }

    @Override
    public int dimension() {
        return DIMENSION;
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        List<float[]> vectors = new ArrayList<>(texts.size());
        for (String text : texts) {
            vectors.add(embed(text));
        }
        return vectors;
    }

    private float[] embed(String text) {
        try {
            free.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CodedException(ErrorCode.TIMEOUT, "Interrupted while waiting for the embedding model.", e);
        }
        try {
            return load().embed(text);
        } finally {
            free.release();
        }
    }

    private synchronized SentenceModel load() {
        if (closed) {
            throw new CodedException(ErrorCode.STORE_UNAVAILABLE, "The embedding model is closed.");
        }
        if (loaded == null) {
            loaded = SentenceModel.load(MODEL);
        }
        return loaded;
    }

    @Override
    public void close() {
        free.acquireUninterruptibly(slots);
        try {
            synchronized (this) {
                closed = true;
                if (loaded != null) {
                    loaded.close();
                    loaded = null;
                }
            }
        } finally {
            free.release(slots);
        }
    }
}
