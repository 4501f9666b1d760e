package io.mcpserver.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Tells when files change: edited in place, replaced by a rename, made, removed, or swapped as Kubernetes does it, by
 * another target of {@code ..data}.
 *
 * <p>Many changes one after another are told once, when nothing happened for 200 ms, or after a second. What is told may
 * have changed nothing: whoever is told compares contents. Where the system tells of no changes, as on network file
 * systems, they are found by looking every few seconds.
 *
 * <p>Threads: one daemon thread, on which the listener is called and which sleeps while nothing happens. Closing:
 * idempotent; the listener is called no more, and a call of it that runs has ended, or has five seconds to.
 */
public final class FileWatch implements AutoCloseable {

    private static final Duration QUIET = Duration.ofMillis(200);
    private static final Duration LONGEST_UNREST = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration LOOK_WITHOUT_EVENTS = Duration.ofSeconds(1);
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final WatchedPaths paths;
    private final Runnable changed;
    private final FolderEvents events = new FolderEvents();
    private final Thread thread;
    private WatchedPaths.State known;
    private volatile boolean closed;

    /**
     * Watches from now on: a change after this constructor returned is told.
     *
     * @param thread what the thread is called
     * @param paths files, and folders of which all files are meant that are not hidden; they may come later
     * @param changed the listener; what it throws goes to the thread's uncaught exception handler, and the watch goes on
     */
    public FileWatch(String thread, Collection<Path> paths, Runnable changed) {
        this.paths = new WatchedPaths(paths);
        this.changed = changed;
        this.known = this.paths.state();
        this.thread = Thread.ofPlatform().daemon().name(thread).start(this::run);
    }

    private void run() {
        while (!closed) {
            boolean everywhere = events.follow(paths.folders());
            // What happened before the folder was followed is seen by comparing.
            Set<Path> touched = new HashSet<>();
            if (paths.state().equals(known)) {
                touched.addAll(events.await(everywhere ? LOOK : LOOK_WITHOUT_EVENTS));
            }
            WatchedPaths.State now = settled(paths.state(), touched);
            if (!closed && (!now.equals(known) || paths.touchedBy(touched))) {
                known = now;
                tell();
            }
        }
    }

    /** Waits until nothing happens; adds to {@code touched} what does. */
    private WatchedPaths.State settled(WatchedPaths.State first, Set<Path> touched) {
        WatchedPaths.State last = first;
        if (touched.isEmpty() && last.equals(known)) {
            return last;
        }
        long begin = System.nanoTime();
        while (!closed && System.nanoTime() - begin < LONGEST_UNREST.toNanos()) {
            Set<Path> more = events.await(QUIET);
            touched.addAll(more);
            WatchedPaths.State next = paths.state();
            if (more.isEmpty() && next.equals(last)) {
                return next;
            }
            last = next;
        }
        return last;
    }

    private void tell() {
        try {
            changed.run();
        } catch (RuntimeException e) {
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }

    @Override
    public void close() {
        closed = true;
        events.close();
        if (Thread.currentThread() != thread) {
            try {
                thread.join(CLOSING);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
