package io.mcpserver.cache.redis;

import io.mcpserver.cache.CacheUnavailableException;
import io.mcpserver.config.RedisAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A few connections to one Redis, made and mended by a thread of their own. While there are none, callers are told so at
 * once; no caller waits for one to be made, but those before the first attempt has ended.
 *
 * <p>Threads: safe for any number of callers. Closing: idempotent.
 */
final class RedisConnections implements AutoCloseable {

    /** How long a caller waits for a connection, and then for its replies. */
    static final Duration LIMIT = Duration.ofMillis(100);

    private static final int COUNT = 8;
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);
    private static final Duration RETRY = Duration.ofMillis(500);

    /** After which an unused connection is tried, so that it is not closed for being unused. */
    private static final Duration REST = Duration.ofSeconds(20);

    private static final List<Command> PING = List.of(Command.of("PING"));

    /** What is to be said before anybody else says anything, and again whenever {@link #wake} was called. */
    interface News {

        void tell(RedisWire wire) throws IOException;
    }

    /** @param round in which it was made; of no use once another round began */
    private record Link(RedisWire wire, int round) {}

    private final Supplier<RedisAddress> address;
    private final News news;
    /** Fair, so that of many callers nobody waits much longer than others. */
    private final BlockingQueue<Link> idle = new ArrayBlockingQueue<>(COUNT, true);

    private final CountDownLatch tried = new CountDownLatch(1);
    private final Semaphore woken = new Semaphore(0);
    private final Thread keeper;

    /** Why there are no connections; {@code null} while there are. */
    private volatile String absence = "it was not reached yet";

    private volatile int round;
    private volatile boolean closed;

    /** @param address asked before each attempt; may throw {@link RuntimeException} with a sentence */
    RedisConnections(Supplier<RedisAddress> address, News news) {
        this.address = address;
        this.news = news;
        this.keeper = Thread.ofPlatform().daemon().name("result-cache").start(this::keep);
    }

    /**
     * Sends commands at once and returns the reply to each.
     *
     * @throws CacheUnavailableException if there is no connection, or that takes longer than {@link #LIMIT}
     */
    List<Reply> exchange(List<Command> commands) throws CacheUnavailableException {
        Link link = take();
        try {
            List<Reply> replies = link.wire().exchange(commands, LIMIT);
            giveBack(link);
            return replies;
        } catch (IOException | RuntimeException e) {
            lost(link, e);
            throw unavailable(told(e));
        }
    }

    /** Has the news told soon. Does not block. */
    void wake() {
        woken.release();
    }

    private Link take() throws CacheUnavailableException {
        try {
            if (absence != null) {
                boolean ignored = tried.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            }
            while (true) {
                String reason = absence;
                if (reason != null) {
                    throw unavailable(reason);
                }
                Link link = idle.poll(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
                if (link == null) {
                    throw unavailable("all connections are busy");
                }
                if (link.round() == round) {
                    return link;
                }
                link.wire().close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("the call was ended");
        }
    }

    private void giveBack(Link link) {
        if (closed || link.round() != round || !idle.offer(link)) {
            link.wire().close();
        }
    }

    private synchronized void lost(Link link, Exception why) {
        link.wire().close();
        if (link.round() == round && absence == null) {
            absence = told(why);
            closeIdle();
            wake();
        }
    }

    private void closeIdle() {
        for (Link link = idle.poll(); link != null; link = idle.poll()) {
            link.wire().close();
        }
    }

    private void keep() {
        while (!closed) {
            try {
                if (absence != null) {
                    connect();
                }
                tried.countDown();
                if (absence == null) {
                    boolean news = woken.tryAcquire(REST.toMillis(), TimeUnit.MILLISECONDS);
                    woken.drainPermits();
                    look(news);
                } else {
                    Thread.sleep(RETRY);
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void connect() {
        List<Link> made = new ArrayList<>();
        try {
            RedisAddress target = address.get();
            int next = round + 1;
            for (int i = 0; i < COUNT; i++) {
                made.add(new Link(RedisWire.connect(target, CONNECT_LIMIT), next));
            }
            news.tell(made.getFirst().wire());
            join(made, next);
        } catch (IOException | RuntimeException e) {
            absence = told(e);
            made.forEach(link -> link.wire().close());
        }
    }

    private synchronized void join(List<Link> made, int next) {
        if (closed) {
            made.forEach(link -> link.wire().close());
            return;
        }
        round = next;
        // Calls that were under way when the others were lost have given theirs back since.
        closeIdle();
        made.forEach(this::giveBack);
        absence = null;
    }

    /** Tells the news, or tries the connections that nobody used for a while. */
    private void look(boolean isNews) {
        for (int i = 0; i < (isNews ? 1 : COUNT) && absence == null; i++) {
            Link link = isNews ? takeSoon() : idle.poll();
            if (link == null) {
                return;
            }
            try {
                if (isNews) {
                    news.tell(link.wire());
                } else {
                    link.wire().exchange(PING, LIMIT);
                }
                giveBack(link);
            } catch (IOException | RuntimeException e) {
                lost(link, e);
            }
        }
    }

    private Link takeSoon() {
        try {
            return take();
        } catch (CacheUnavailableException busy) {
            if (absence == null) {
                wake();
            }
            return null;
        }
    }

    private static String told(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : RedisWire.shown(e.getMessage());
    }

    private static CacheUnavailableException unavailable(String reason) {
        return new CacheUnavailableException("The Redis of cache.redis_url cannot be used: " + reason + ".");
    }

    @Override
    public synchronized void close() {
        closed = true;
        absence = "the cache is closed";
        round++;
        closeIdle();
        keeper.interrupt();
    }
}
