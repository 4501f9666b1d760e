package io.mcpserver.mcp.edge;

import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** The calls that came by HTTP and are not answered yet; when closed, no more are let in. */
@Singleton
public class OpenCalls {

    private static final long POLL_MILLIS = 20;

    private final AtomicInteger open = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Lets a call in until it is answered; {@code false} when no more are let in. */
    boolean enter(RoutingContext http) {
        open.incrementAndGet();
        if (closed.get()) {
            open.decrementAndGet();
            return false;
        }
        http.addEndHandler(ended -> open.decrementAndGet());
        return true;
    }

    public boolean closed() {
        return closed.get();
    }

    public int count() {
        return open.get();
    }

    /**
     * Lets no more calls in and waits for those that are open.
     *
     * @return how many are still open after {@code limit}
     */
    public int drain(Duration limit) throws InterruptedException {
        closed.set(true);
        long end = System.nanoTime() + limit.toNanos();
        while (open.get() > 0 && System.nanoTime() < end) {
            Thread.sleep(POLL_MILLIS);
        }
        return open.get();
    }
}
