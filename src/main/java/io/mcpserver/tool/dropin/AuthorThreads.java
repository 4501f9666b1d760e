package io.mcpserver.tool.dropin;

import java.util.concurrent.Callable;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads on which the tools of one file run. They end with the file, and with them what its code keeps by thread,
 * which would keep its classes for as long as a thread of the server lives.
 *
 * <p>Threads: safe for any number of callers, each of which has one of these for as long as it waits. Closing:
 * idempotent.
 */
final class AuthorThreads implements AutoCloseable {

    private static final long IDLE_SECONDS = 10;

    private final FileLoader loader;
    private final ThreadPoolExecutor threads;

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
     * Runs code of the file, and waits until it has ended, also when this thread is interrupted: then the code is, and
     * who counts threads counts this one for as long as the code does not react.
     *
     * @throws Exception as {@link AuthorCode#run}
     */
    <T> T run(Callable<T> code) throws Exception {
        Handed<T> handed = new Handed<>(() -> AuthorCode.run(loader, code));
        threads.execute(handed);
        return handed.await();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** Code on its way to another thread, and what came of it on its way back. */
    private static final class Handed<T> implements Runnable {

        private final Callable<T> code;
        private Thread runner;
        private boolean interrupted;
        private boolean ended;
        private T value;
        private Exception failure;

        Handed(Callable<T> code) {
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
            while (!ended) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                    if (runner != null) {
                        runner.interrupt();
                    }
                }
            }
            if (interrupted) {
                throw new InterruptedException("The call is over.");
            }
            if (failure != null) {
                throw failure;
            }
            return value;
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
            // Not for the next call that has this thread.
            Thread.interrupted();
            notifyAll();
        }
    }
}
