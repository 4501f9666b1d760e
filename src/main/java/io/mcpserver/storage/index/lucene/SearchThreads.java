package io.mcpserver.storage.index.lucene;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads that look into segments of an index beside the one that searches, above all for what is near in meaning. */
final class SearchThreads {

    private static final int MOST = 3;
    private static final long IDLE_SECONDS = 10;

    private static final Optional<Executor> SHARED =
            of(Math.min(MOST, Runtime.getRuntime().availableProcessors() - 1));

    private SearchThreads() {}

    /** One for each processor but that of the thread that searches, none where there is no other. They end when idle. */
    static Optional<Executor> shared() {
        return SHARED;
    }

    private static Optional<Executor> of(int threads) {
        if (threads < 1) {
            return Optional.empty();
        }
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("mcp-search-", 1).factory());
        executor.allowCoreThreadTimeOut(true);
        return Optional.of(executor);
    }
}
