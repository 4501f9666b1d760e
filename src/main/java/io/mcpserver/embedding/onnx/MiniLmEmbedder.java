package io.mcpserver.embedding.onnx;

import io.mcpserver.embedding.Embedder;
import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * all-MiniLM-L6-v2, quantized: 384 floats, made for English; reads the first 256 tokens of a text.
 *
 * <p>As many texts as there are processors, four at most, are worked on at a time, the
 * first of a call on its caller's thread; others wait. The same text gives the same vector whatever else is embedded
 * with it.
 */
final class MiniLmEmbedder implements Embedder {

    static final String MODEL = "all-minilm-l6-v2-q";

    private static final int DIMENSION = 384;
    private static final int MOST_AT_A_TIME = 4;
    private static final Duration RETRY_AFTER = Duration.ofMinutes(1);

    private final int slots = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_AT_A_TIME);
    private final Semaphore free = new Semaphore(slots, true);
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("mcp-embed-", 0).factory());
    private SentenceModel loaded;
    private boolean closed;
    private CodedException failure;
    private long failedAt;

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
        float[][] vectors = new float[texts.size()][];
        AtomicInteger next = new AtomicInteger();
        Runnable work = () -> {
            for (int i = next.getAndIncrement(); i < vectors.length; i = next.getAndIncrement()) {
                vectors[i] = embed(texts.get(i));
            }
        };
        List<CompletableFuture<Void>> others = new ArrayList<>();
        for (int i = 1; i < Math.min(slots, vectors.length); i++) {
            others.add(CompletableFuture.runAsync(work, threads));
        }
        try {
            work.run();
            others.forEach(CompletableFuture::join);
        } catch (CompletionException e) {
            throw e.getCause() instanceof CodedException coded ? coded : e;
        } finally {
            next.set(vectors.length);
        }
        return List.of(vectors);
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
        if (failure != null && System.nanoTime() - failedAt < RETRY_AFTER.toNanos()) {
            throw new CodedException(failure.code(), failure.getMessage(), failure);
        }
        if (loaded == null) {
            try {
                loaded = SentenceModel.load(MODEL);
                failure = null;
            } catch (CodedException e) {
                failure = e;
                failedAt = System.nanoTime();
                throw e;
            }
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
            threads.shutdown();
        }
    }
}
