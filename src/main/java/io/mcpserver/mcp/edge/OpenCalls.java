package io.mcpserver.mcp.edge;

import io.mcpserver.config.LiveConfig;
import io.mcpserver.mcp.message.JsonRpcError;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The calls that came by HTTP and are not answered yet; when closed, no more are let in.
 *
 * <p>The deadline of a tool is kept by what runs the tool. Should an answer fail to come all the
 * same, the call is answered with an error a little later, so that no client waits for ever.
 */
@Singleton
public class OpenCalls {

    private static final Logger LOG = Logger.getLogger(OpenCalls.class);

    private static final long POLL_MILLIS = 20;
    private static final long SWEEP_MILLIS = 1_000;
    private static final Duration GRACE = Duration.ofSeconds(5);

    private record Call(Object id, long began, long longest) {

        Call atLeast(long nanos) {
            return nanos > longest ? new Call(id, began, nanos) : this;
        }
    }

    private final Map<RoutingContext, Call> open = new ConcurrentHashMap<>();
    private final Set<Object> elsewhere = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Supplier<Duration> longest;

    @Inject
    OpenCalls(LiveConfig config, Vertx vertx) {
        this(() -> config.now().performance().requestTimeout().plus(GRACE), vertx);
    }

    /** @param longest after which a call that begins now is given up, if it has no answer */
    OpenCalls(Supplier<Duration> longest, Vertx vertx) {
        this.longest = longest;
        vertx.setPeriodic(SWEEP_MILLIS, timer -> giveUpOnOld());
    }

    /**
     * Lets a call in until it is answered.
     *
     * @param id of the request, {@code null} for other messages
     * @return {@code false} when no more are let in
     */
    boolean enter(RoutingContext http, Object id) {
        Duration limit = longest.get();
        open.put(http, new Call(id, System.nanoTime(), limit.toNanos()));
        if (closed.get()) {
            open.remove(http);
            return false;
        }
        IdleLimit.atLeast(limit.plus(GRACE), http);
        http.addEndHandler(ended -> open.remove(http));
        // A client that left before the line above would never be heard of again.
        if (http.response().ended() || http.response().closed()) {
            open.remove(http);
        }
        return true;
    }

    /** Lets a call that was let in take so long, if that is more than what holds for all. */
    void mayTake(RoutingContext http, Duration time) {
        Duration limit = time.plus(GRACE);
        open.computeIfPresent(http, (context, call) -> call.atLeast(limit.toNanos()));
        IdleLimit.atLeast(limit.plus(GRACE), http);
    }

    /** Counts a call no longer: its request stays open for what is yet to happen. */
    void leave(RoutingContext http) {
        open.remove(http);
    }

    /** Counts a call that is answered elsewhere than in its own HTTP response, until {@link #answered}. */
    void enterElsewhere(Object call) {
        elsewhere.add(call);
    }

    void answered(Object call) {
        elsewhere.remove(call);
    }

    public boolean closed() {
        return closed.get();
    }

    public int count() {
        return open.size() + elsewhere.size();
    }

    /**
     * Lets no more calls in and waits for those that are open.
     *
     * @return how many are still open after {@code limit}
     */
    public int drain(Duration limit) throws InterruptedException {
        closed.set(true);
        long end = System.nanoTime() + limit.toNanos();
        while (count() > 0 && System.nanoTime() < end) {
            Thread.sleep(POLL_MILLIS);
        }
        return count();
    }

    private void giveUpOnOld() {
        long now = System.nanoTime();
        open.forEach((http, call) -> {
            if (now - call.began() > call.longest()) {
                try {
                    giveUp(http, call);
                } catch (RuntimeException e) {
                    // An answer came in between, or the client has left; the others are still to be looked at.
                    LOG.debugf(e, "A call could not be given up: %s", http.normalizedPath());
                    open.remove(http);
                }
            }
        });
    }

    private static void giveUp(RoutingContext http, Call call) {
        HttpServerResponse response = http.response();
        // What has begun to stream is waiting for its client, not lost.
        if (!response.headWritten() && !response.ended()) {
            LOG.errorf("A call was not answered in time: %s", http.normalizedPath());
            Replies.json(
                    http,
                    200,
                    JsonRpcError.of(call.id(), JsonRpcError.INTERNAL_ERROR, "The call was not answered in time."));
        }
    }
}
