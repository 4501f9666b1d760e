package io.mcpserver.storage.index;

import io.mcpserver.embedding.Embedder;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A model that counts the texts it is given, and can be stopped before it answers. */
final class SlowModel implements Embedder {

    private final AtomicInteger texts = new AtomicInteger();
    private final CountDownLatch going;
    private volatile boolean closed;

    /** @param going embedding waits until it is zero */
    SlowModel(CountDownLatch going) {
        this.going = going;
    }

    int texts() {
        return texts.get();
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public String model() {
        return "slow";
    }

    @Override
    public int dimension() {
        return 2;
    }

    @Override
    public List<float[]> embed(List<String> some) {
        texts.addAndGet(some.size());
        try {
            going.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return some.stream().map(text -> new float[] {1, 0}).toList();
    }

    @Override
    public void close() {
        closed = true;
    }
}
