package io.mcpserver.storage.thread;

/** Waits for the end of threads. */
public final class Threads {

    private Threads() {}

    /** Waits for a thread to end; an interruption is kept for later. */
    public static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
