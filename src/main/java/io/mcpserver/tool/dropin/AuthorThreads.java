package io.mcpserver.tool.dropin;

import io.mcpserver.error.CodedException;
import io.mcpserver.error.ErrorCode;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The threads on which the tools of one file run. They end with the file, and with them what its code keeps by thread,
 * which would keep its classes for as long as a thread of the server lives. Java cannot end a thread that will not: what
 * does not react to its interrupt is left behind, so that the server has its own thread back, and of a file with a few
 * of these nothing is run any more.
 *
 * <p>Threads: safe for any number of callers, each of which has one of these for as long as it waits. Closing:
 * idempotent.
 */
final class AuthorThreads implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(AuthorThreads.class.getName());
    private static final long IDLE_SECONDS = 10;
    private static final int MOST_LEFT_BEHIND = 4;

    /** What code that was interrupted may take to end. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final FileLoader loader;
    private final ThreadPoolExecutor threads;
    private final Set<Handed<?>> leftBehind = ConcurrentHashMap.newKeySet();

    AuthorThreads(FileLoader loader) {
        this.loader = loader;
        Thread.Builder thread = Thread.ofPlatform()
                .daemon()
                .inheritInheritableThreadLocals(false)
                .name("tools of " + loader.getName());
        this.threads = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), thread.factory());
    }

    /**
     * Runs code of the file, and waits until it has ended. When this thread is interrupted, the code is, and is waited for
     * a few seconds more.
     *
     * @param tool for which it is run
     * @throws CodedException {@code UNAVAILABLE} if too many earlier calls of tools of this file never ended
     * @throws Exception as {@link AuthorCode#run}
     */
    <T> T run(String tool, Callable<T> code) throws Exception {
        if (leftBehind.size() >= MOST_LEFT_BEHIND) {
            throw new CodedException(ErrorCode.UNAVAILABLE, refusal(tool), false);
        }
        Handed<T> handed = new Handed<>(tool, () -> AuthorCode.run(loader, code));
        threads.execute(handed);
        return handed.await();
    }

    private String refusal(String tool) {
        return ("%s is not run: earlier calls of %s do not end and cannot be stopped. Do not repeat the call; tell the"
                        + " operator that the file %s must be mended and replaced.")
                .formatted(
                        tool,
                        leftBehind.stream()
                                .map(handed -> handed.tool)
                                .distinct()
                                .sorted()
                                .collect(Collectors.joining(", ")),
                        loader.getName());
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** Code on its way to another thread, and what came of it on its way back. */
    private final class Handed<T> implements Runnable {

        private final String tool;
        private final Callable<T> code;
        private Thread runner;
        private boolean interrupted;
        private boolean ended;
        private T value;
        private Exception failure;

        Handed(String tool, Callable<T> code) {
            this.tool = tool;
            this.code = code;
        }

        @Override
        public void run() {
            begin();
            T made = null;
            Exception thrown = null;
            try {
                made = code.call();
            } catch (Exception e) {
                thrown = e;
            } finally {
                end(made, thrown);
            }
        }

        synchronized T await() throws Exception {
            try {
                while (!ended) {
                    wait();
                }
            } catch (InterruptedException e) {
                interrupt();
                leaveBehind();
                throw e;
            }
            if (failure != null) {
                throw failure;
            }
            return value;
        }

        private void interrupt() {
            interrupted = true;
            if (runner != null) {
                runner.interrupt();
            }
        }

        /** After the grace, unless the code ends in it; no second interrupt takes it away. */
        private void leaveBehind() {
            long end = System.nanoTime() + GRACE.toNanos();
            for (long left = GRACE.toMillis(); !ended && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
                try {
                    wait(left);
                } catch (InterruptedException e) {
                    interrupt();
                }
            }
            if (!ended) {
                leftBehind.add(this);
                LOG.log(
                        Level.WARNING,
                        "A call of {0} ({1}) does not end, though it was interrupted; its thread is left behind",
                        tool,
                        loader.getName());
            }
        }

        private synchronized void begin() {
            runner = Thread.currentThread();
            if (interrupted) {
                runner.interrupt();
            }
        }

        private synchronized void end(T made, Exception thrown) {
            value = made;
            failure = thrown;
            ended = true;
            runner = null;
            leftBehind.remove(this);
            // Not for the next call that has this thread.
            Thread.interrupted();
            notifyAll();
        }
    }
}
